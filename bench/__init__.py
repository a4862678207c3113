"""The heavy jobs beside the way they are usually written: ratios, both sides run side by side."""

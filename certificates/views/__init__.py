"""Pages of certificates: of a group, the list, one certificate, templates, public verification."""

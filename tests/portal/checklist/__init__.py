"""What the published texts say, by project, and where the portal holds it."""

"""The ground floor: knows no app, every app may use it."""

"""What the demo invents: people, timetables, marks and the accounts of the cast.

Nothing here is ever imported outside `manage.py fill_demo` and the tests. The project facts come
from the project files; everything told here is fiction and marked so in the database.
"""

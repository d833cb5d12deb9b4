"""What maintainers run beside the dashboard itself: checks of its packages, its licences and its Pythons."""

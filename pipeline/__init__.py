"""thidua: from news of Vietnamese emulation blocs to a database in which every value shows its sentence."""

__version__ = "0.1.0"

"""The brief: its content over figures, its words and charts, and its formats."""

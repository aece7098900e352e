"""Public data in, tidy tables out; every figure knows its source."""

"""The sections of a brief, one module each: inputs in, content out."""

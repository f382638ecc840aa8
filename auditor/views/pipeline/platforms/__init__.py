"""How each platform's files are read into the model: one module for each, with the kinds that it reads."""

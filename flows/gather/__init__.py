"""From the inputs folder to a Manifest: every file found, identified and mapped to questions."""

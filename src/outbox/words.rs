//! What a reader is told about a letter on its way.

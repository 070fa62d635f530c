//! Which comment is the letter.

//! The words after a command: `--name value`, `--flag`, and nothing that was not asked for.

use anyhow::{Context, Result, bail};

/// The words not yet taken; a command takes what it knows and then calls [`Args::finish`].
pub(crate) struct Args {
    words: Vec<String>,
}

impl Args {
    /// `words` without the program's name.
    pub(crate) fn new(words: Vec<String>) -> Self {
        Self { words }
    }

    /// The first word.
    pub(crate) fn command(&mut self) -> Option<String> {
        if self.words.is_empty() { None } else { Some(self.words.remove(0)) }
    }

    /// Whether `--name` stands anywhere.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let found = self.words.iter().position(|word| word == name);
        if let Some(at) = found {
            self.words.remove(at);
        }
        found.is_some()
    }

    /// What follows `--name`, as `--name value` or `--name=value`.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<String>> {
        let joined = format!("{name}=");
        if let Some(at) = self.words.iter().position(|word| word.starts_with(&joined)) {
            return Ok(Some(self.words.remove(at)[joined.len()..].to_owned()));
        }
        let Some(at) = self.words.iter().position(|word| word == name) else { return Ok(None) };
        if at + 1 >= self.words.len() {
            bail!("{name} wants a value");
        }
        self.words.remove(at);
        Ok(Some(self.words.remove(at)))
    }

    /// Like [`Args::value`], for a number.
    pub(crate) fn number(&mut self, name: &str, default: u64) -> Result<u64> {
        match self.value(name)? {
            Some(text) => text.parse().with_context(|| format!("{name} wants a number, not `{text}`")),
            None => Ok(default),
        }
    }

    /// Everything left, for a program that we pass words on to.
    pub(crate) fn rest(self) -> Vec<String> {
        self.words
    }

    /// An error if a word was not understood.
    pub(crate) fn finish(self) -> Result<()> {
        match self.words.first() {
            Some(word) => bail!("`{word}` is not understood here; `cargo xtask help` lists what is"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Args;

    fn args(line: &str) -> Args {
        Args::new(line.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn values_come_in_both_spellings_and_flags_anywhere() {
        let mut some = args("--port 81 --dev --content=here");
        assert_eq!(some.number("--port", 8080).unwrap(), 81);
        assert_eq!(some.value("--content").unwrap().as_deref(), Some("here"));
        assert!(some.flag("--dev"));
        some.finish().unwrap();
    }

    #[test]
    fn a_word_nobody_took_is_an_error() {
        assert!(args("--prot 81").finish().is_err());
        assert!(args("--port").value("--port").is_err());
        assert!(args("--port many").number("--port", 1).is_err());
    }
}

//! What comes in: text that nobody has checked yet.

/// Untrusted HTML. It has no `Display` and no `Deref`: the only way to the screen is [`super::sanitize`].
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RawHtml(String);

impl RawHtml {
    /// Marks a string as untrusted HTML.
    pub fn new(html: impl Into<String>) -> Self {
        Self(html.into())
    }

    /// The length in bytes, for estimates.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The markup itself, for writing it back into a file of ours. Never for showing it.
    pub fn to_encode(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for RawHtml {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RawHtml({:?})", self.0)
    }
}

/// A text as it came: marked up, or plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawBody {
    /// `content_html`.
    Html(RawHtml),
    /// `content_text`: blank lines part paragraphs, other line breaks are kept.
    Text(String),
}

impl Default for RawBody {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

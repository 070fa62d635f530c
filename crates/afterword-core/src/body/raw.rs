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

impl RawBody {
    /// How much there is to read, in characters: without tags, and white space counted once. Character references count
    /// as they are written, so this is a measure for comparing and not an exact length.
    pub fn text_len(&self) -> usize {
        let (text, has_tags) = match self {
            Self::Html(html) => (html.0.as_str(), true),
            Self::Text(text) => (text.as_str(), false),
        };
        let (mut len, mut in_tag, mut after_space) = (0, false, true);
        let mut bytes = text.bytes().peekable();
        while let Some(byte) = bytes.next() {
            if in_tag {
                in_tag = byte != b'>';
            } else if has_tags
                && byte == b'<'
                && bytes.peek().is_some_and(|next| next.is_ascii_alphabetic() || b"/!?".contains(next))
            {
                in_tag = true;
            } else {
                let space = byte.is_ascii_whitespace();
                // The bytes behind the first of a character are 10xxxxxx.
                len += usize::from(byte & 0xc0 != 0x80 && !(space && after_space));
                after_space = space;
            }
        }
        len
    }
}

impl Default for RawBody {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

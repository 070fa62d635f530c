//! Why an export could not be read to its end.

use std::fmt;

/// Reading stopped. The posts that were handed out before are whole.
#[derive(Debug)]
pub enum ImportError {
    /// The file could not be read from the disk.
    Io(std::io::Error),
    /// It is no WordPress export.
    NotAnExport(NotAnExport),
    /// The XML is damaged.
    Damaged {
        /// The line, from 1.
        line: u64,
        /// How many bytes come before, counted in UTF-8.
        byte: u64,
        /// What is wrong there.
        damage: Damage,
    },
}

/// What a file is instead of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAnExport {
    /// Nothing.
    Empty,
    /// UTF-16, which a text editor may have made of it.
    Utf16,
    /// A compressed archive.
    Compressed,
    /// Something without XML.
    NotXml,
    /// A web page: what a server shows in place of the export when one is not logged in.
    WebPage,
    /// XML of another kind.
    OtherXml,
    /// A news feed, which has the newest posts but not what WordPress adds to them in an export.
    Feed,
}

/// What is wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// It ends in the middle.
    CutOff,
    /// It has a document type, which exports have not and which can be used to do harm.
    DocumentType,
    /// Elements are nested deeper than exports nest them.
    TooDeep,
    /// A single text of more than 64 MiB: most likely its end mark is missing.
    TooLong,
    /// An end tag that fits no start tag.
    WrongEnd {
        /// The element that is open.
        open: String,
        /// The element that the tag would end.
        found: String,
    },
    /// Something else that is no XML, in the words of the XML reader.
    NoXml(String),
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "the file cannot be read: {error}"),
            Self::NotAnExport(what) => write!(f, "this is no WordPress export: {what}"),
            Self::Damaged { line, byte, damage } => {
                write!(f, "the export is damaged at line {line} (byte {byte}): {damage}")
            }
        }
    }
}

impl fmt::Display for NotAnExport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the file is empty",
            Self::Utf16 => "it was saved as UTF-16; save it as UTF-8, or export it again",
            Self::Compressed => "it is compressed; unpack it first",
            Self::NotXml => "it has no XML in it",
            Self::WebPage => "it is a web page; log in to the blog and export again",
            Self::OtherXml => "it is XML of another kind",
            Self::Feed => "it is a news feed; use “Tools, Export” in the blog's dashboard",
        })
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CutOff => f.write_str("it ends in the middle; export again, or part the export by date"),
            Self::DocumentType => f.write_str("it has a document type (DOCTYPE), which exports never have"),
            Self::TooDeep => f.write_str("elements are nested too deep"),
            Self::TooLong => {
                f.write_str("a single text is longer than 64 MiB; most likely the mark at its end is missing")
            }
            Self::WrongEnd { open, found } if open.is_empty() => write!(f, "</{found}> ends nothing"),
            Self::WrongEnd { open, found } => write!(f, "<{open}> is still open where </{found}> comes"),
            Self::NoXml(words) => write!(f, "it is no XML there ({words})"),
        }
    }
}

impl std::error::Error for ImportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::NotAnExport(_) | Self::Damaged { .. } => None,
        }
    }
}

//! What was wrong with a thread's files, added up for one notice.

use crate::fetch_error::FetchError;
use crate::texts::{Key, counted, text, with_reason};
use afterword_adapters::static_json::DecodeError;
use afterword_core::model::{Warning, WarningKind};

/// What a reader should know about a thread that is not whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Damage {
    /// Comments that could not be read.
    pub skipped: u32,
    /// Comments with something odd about them, shown all the same.
    pub mended: u32,
    /// A file ended too early.
    pub cut_off: bool,
    /// Files that are not to be had: the first reason.
    pub missing: Option<Missing>,
    /// The comments on the site's server are not to be had.
    pub server: Option<FetchError>,
}

/// Why a file of a thread is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// It could not be fetched; trying again may help.
    Failed(FetchError),
    /// It lies where nothing is fetched from, or leads in a circle; trying again does not help.
    Refused,
}

impl Damage {
    /// Adds what a decoder had to say.
    pub fn add(&mut self, warnings: &[Warning], skipped: usize) {
        self.skipped = self.skipped.saturating_add(u32::try_from(skipped).unwrap_or(u32::MAX));
        let mut mended_item = None;
        for warning in warnings {
            match warning.kind {
                WarningKind::CutOff => self.cut_off = true,
                WarningKind::UrlRefused | WarningKind::PageLoop | WarningKind::TooManyPages => {
                    self.missing.get_or_insert(Missing::Refused);
                }
                WarningKind::ItemUnreadable => {}
                WarningKind::WrongType
                | WarningKind::IdMissing
                | WarningKind::IdDuplicate
                | WarningKind::DateInvalid
                | WarningKind::BodyMissing
                | WarningKind::TextMended
                | WarningKind::MoreNotListed
                | WarningKind::TooLong => {
                    // Several odd fields of one comment are one mended comment.
                    let item = warning.place.split('.').next().map(str::to_owned);
                    if item != mended_item {
                        self.mended += 1;
                        mended_item = item;
                    }
                }
            }
        }
    }

    /// Whether trying again may bring more.
    pub fn may_be_retried(&self) -> bool {
        self.lost_to().is_some() || self.server.is_some()
    }

    /// Why comments of files may be missing that trying again may bring.
    pub fn lost_to(&self) -> Option<FetchError> {
        match self.missing {
            Some(Missing::Failed(error)) => Some(error),
            Some(Missing::Refused) | None => self.cut_off.then_some(FetchError::Decode(DecodeError::CutOff { at: 0 })),
        }
    }

    /// What to tell, a sentence each; nothing for a thread that is whole.
    pub fn sentences(&self) -> Vec<String> {
        let mut out = Vec::new();
        if self.skipped > 0 {
            out.push(counted(Key::SkippedOne, Key::SkippedMany, self.skipped));
        }
        if self.mended > 0 {
            out.push(counted(Key::MendedOne, Key::MendedMany, self.mended));
        }
        if self.cut_off {
            out.push(text(Key::CutOff).to_owned());
        }
        match self.missing {
            Some(Missing::Failed(error)) => out.push(with_reason(Key::PagesMissing, &error.why())),
            Some(Missing::Refused) => out.push(with_reason(Key::PagesMissing, text(Key::WhyRefused))),
            None => {}
        }
        if let Some(error) = self.server {
            out.push(with_reason(Key::ServerMissing, &error.why()));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warning(place: &str, kind: WarningKind) -> Warning {
        Warning { place: place.to_owned(), kind }
    }

    #[test]
    fn odd_fields_of_one_comment_count_once() {
        let mut damage = Damage::default();
        let date = warning("items[3].date_published", WarningKind::DateInvalid);
        let name = warning("items[3].authors", WarningKind::WrongType);
        damage.add(&[date, name, warning("items[4].id", WarningKind::IdMissing)], 1);
        assert_eq!((damage.skipped, damage.mended, damage.may_be_retried()), (1, 2, false));
        assert_eq!(damage.sentences().len(), 2);
    }

    #[test]
    fn a_server_that_is_away_may_be_asked_again_and_costs_no_file() {
        let damage = Damage { server: Some(FetchError::TimedOut), ..Damage::default() };
        assert!(damage.may_be_retried() && damage.lost_to().is_none());
        assert!(damage.sentences()[0].contains("newer comments"), "{:?}", damage.sentences());
    }

    #[test]
    fn a_cut_off_file_may_be_retried() {
        let mut damage = Damage::default();
        damage.add(&[warning("items[9]", WarningKind::CutOff)], 0);
        assert!(damage.may_be_retried() && damage.sentences()[0].contains("ends too early"));
    }
}

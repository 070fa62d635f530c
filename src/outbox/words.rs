//! What a reader is told about a letter on its way, and what can be pressed.

use crate::texts::{Key, text, with_name, with_number, with_reason};
use afterword_core::outbox::{Cause, Doubt, Entry, Question, State};
use afterword_core::writing::{Delay, Refusal, Unclear};

/// What the row of an entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// One word for style sheets and tests: `queued`, `sending`, `sent`, `held`, `refused`, `maybe-sent`.
    pub name: &'static str,
    /// One or more sentences.
    pub text: String,
    /// The buttons, in this order.
    pub presses: &'static [Press],
}

/// A button of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// `Outbox::try_again`, where it waits.
    Now,
    /// `Outbox::try_again`, where it went out before.
    Again,
    /// `Outbox::try_again`, where the thread could not be read.
    Look,
    /// `Outbox::withdraw`: its text goes back into a composer.
    Withdraw,
    /// `Outbox::mark_sent`.
    Sent,
    /// `Outbox::dismiss`.
    Dismiss,
}

impl Press {
    /// Its class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Now | Self::Again | Self::Look => "status-again",
            Self::Withdraw => "status-withdraw",
            Self::Sent => "status-sent",
            Self::Dismiss => "status-dismiss",
        }
    }

    /// Its words.
    pub fn label(self) -> Key {
        match self {
            Self::Now => Key::SendNow,
            Self::Again => Key::SendAgain,
            Self::Look => Key::SendLook,
            Self::Withdraw => Key::SendWithdraw,
            Self::Sent => Key::SendIsThere,
            Self::Dismiss => Key::SendDismiss,
        }
    }
}

/// What is said of an entry at a time (milliseconds since 1970).
pub fn status(entry: &Entry, now: i64) -> Status {
    let (name, text, presses): (_, _, &[Press]) = match &entry.state {
        State::Queued { due, why } => {
            let words = match why {
                None => text(Key::SendTurn).to_owned(),
                Some(Delay::Offline) => text(Key::SendOffline).to_owned(),
                Some(Delay::TooMany) => with_name(Key::SendTooMany, &wait(due - now)),
                Some(Delay::Unwell) => with_name(Key::SendUnwell, &wait(due - now)),
            };
            ("queued", words, &[Press::Now, Press::Withdraw])
        }
        State::Sending { .. } => ("sending", text(Key::Sending).to_owned(), &[]),
        State::MaybeSent(doubt) => ("maybe-sent", text(doubt_key(doubt)).to_owned(), doubt_presses(doubt)),
        State::Published { .. } => ("sent", text(Key::SendPublished).to_owned(), &[]),
        State::Held { .. } => ("held", text(Key::SendHeld).to_owned(), &[Press::Dismiss]),
        State::Rejected(refusal) => {
            ("refused", with_reason(Key::SendRefused, &why(refusal)), &[Press::Withdraw, Press::Again, Press::Dismiss])
        }
    };
    Status { name, text, presses }
}

fn doubt_key(doubt: &Doubt) -> Key {
    match (doubt.question, doubt.cause) {
        (Some(Question::NotFound), _) => Key::SendNotFound,
        (Some(Question::Unreadable), _) => Key::SendUnreadable,
        (None, _) if doubt.again => Key::SendLookAgain,
        (None, Cause::Duplicate) => Key::SendDoubled,
        (None, Cause::Unclear(Unclear::Broken)) => Key::SendBroken,
        (None, Cause::Unclear(Unclear::TimedOut)) => Key::SendTimedOut,
        (None, Cause::Unclear(Unclear::Garbled)) => Key::SendGarbled,
        (None, Cause::Unclear(Unclear::Failed)) => Key::SendFailed,
        (None, Cause::Unclear(Unclear::Redirected)) => Key::SendRedirected,
    }
}

/// As long as we look there is nothing to decide; a letter that is taken back while it may be there would be doubled.
fn doubt_presses(doubt: &Doubt) -> &'static [Press] {
    match doubt.question {
        Some(Question::NotFound) => &[Press::Again, Press::Withdraw, Press::Sent],
        Some(Question::Unreadable) => &[Press::Look, Press::Withdraw, Press::Sent],
        None => &[Press::Sent],
    }
}

/// Why a letter was not taken: a sentence, with its full stop.
pub fn why(refusal: &Refusal) -> String {
    let key = match refusal {
        Refusal::TooShort(0) => Key::RefusedTooShort,
        Refusal::TooShort(n) => return with_number(Key::RefusedTooShortBy, *n),
        Refusal::TooLong(0) => Key::RefusedTooLong,
        Refusal::TooLong(n) => return with_number(Key::RefusedTooLongBy, *n),
        Refusal::NameMissing => Key::RefusedName,
        Refusal::EmailInvalid => Key::RefusedEmail,
        Refusal::WebsiteInvalid => Key::RefusedWebsite,
        Refusal::Closed => Key::RefusedClosed,
        Refusal::LoginNeeded => Key::RefusedLogin,
        Refusal::Duplicate => Key::RefusedDuplicate,
        Refusal::TargetGone => Key::RefusedTargetGone,
        Refusal::TooLate => Key::RefusedTooLate,
        Refusal::WrongSite => Key::RefusedWrongSite,
        Refusal::Words(words) => match words.trim().trim_end_matches('.') {
            "" => Key::RefusedUntold,
            words => return with_reason(Key::RefusedWords, words),
        },
    };
    text(key).to_owned()
}

/// How long a wait is, in words.
fn wait(millis: i64) -> String {
    let seconds = u32::try_from(millis.max(0) / 1_000).unwrap_or(u32::MAX);
    match seconds {
        0..=4 => text(Key::InMoment).to_owned(),
        5..=54 => with_number(Key::InSeconds, seconds),
        55..=89 => text(Key::InOneMinute).to_owned(),
        _ => with_number(Key::InMinutes, seconds.saturating_add(30) / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use afterword_core::ids::PostPath;
    use afterword_core::writing::{Letter, Place, TabId, Target, Writer};

    fn said(state: State) -> Status {
        let post = PostPath::parse("posts/talk/").unwrap();
        let place = Place { site: "https://blog.example/".to_owned(), post, target: Target::Thread };
        let letter = Letter { place, title: String::new(), text: "Hello".into(), writer: Writer::default() };
        status(&Entry { state, ..Entry::new(letter, String::new(), None, 0, None, 0) }, 0)
    }

    fn doubt(cause: Cause, question: Option<Question>, again: bool) -> State {
        State::MaybeSent(Doubt { cause, absences: 0, misses: 0, due: 0, question, again })
    }

    #[test]
    fn every_state_says_something_else() {
        let unclear = [Unclear::Broken, Unclear::TimedOut, Unclear::Garbled, Unclear::Failed, Unclear::Redirected];
        let mut states: Vec<State> = unclear.map(|why| doubt(Cause::Unclear(why), None, false)).into();
        states
            .extend([Some(Question::NotFound), Some(Question::Unreadable)].map(|q| doubt(Cause::Duplicate, q, false)));
        states.extend([false, true].map(|again| doubt(Cause::Duplicate, None, again)));
        let delays = [None, Some(Delay::Offline), Some(Delay::TooMany), Some(Delay::Unwell)];
        states.extend(delays.map(|why| State::Queued { due: 30_000, why }));
        states.extend([State::Sending { tab: TabId(1), until: 0 }, State::Held { id: None }]);
        states.push(State::Rejected(Refusal::Closed));
        let mut texts: Vec<String> = states.into_iter().map(|state| said(state).text).collect();
        assert!(texts.iter().all(|text| text.ends_with(['.', '?', '…']) && !text.contains('{')), "{texts:#?}");
        let count = texts.len();
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), count);
    }

    #[test]
    fn what_may_be_there_is_not_taken_back_before_we_have_looked() {
        let looking = said(doubt(Cause::Unclear(Unclear::Broken), None, false));
        assert!(!looking.presses.contains(&Press::Withdraw) && !looking.presses.contains(&Press::Again));
        let asked = said(doubt(Cause::Unclear(Unclear::Broken), Some(Question::NotFound), false));
        assert!(asked.presses.contains(&Press::Withdraw) && asked.presses.contains(&Press::Again));
        assert_eq!((asked.name, Press::Again.class()), ("maybe-sent", "status-again"));
    }

    #[test]
    fn refusals_are_sentences() {
        for (refusal, words) in [
            (Refusal::TooShort(3), "The text must have at least 3 characters."),
            (Refusal::TooLong(0), "The text is too long."),
            (Refusal::Words(" Not here. ".to_owned()), "The server says: “Not here”."),
            (Refusal::Words(" ".to_owned()), "The server did not take it, and does not say why."),
        ] {
            assert_eq!(why(&refusal), words);
        }
        assert_eq!(said(State::Rejected(Refusal::Closed)).name, "refused");
    }

    #[test]
    fn waits_are_said_roughly() {
        for (millis, words) in [
            (-5, "in a moment"),
            (4_999, "in a moment"),
            (30_000, "in 30 seconds"),
            (60_000, "in a minute"),
            (90_000, "in 2 minutes"),
            (3_600_000, "in 60 minutes"),
        ] {
            assert_eq!(wait(millis), words);
        }
    }
}

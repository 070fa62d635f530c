//! Entries as flat records, for a browser's database.

use super::{Cause, Doubt, Entry, EntryId, Question, State};
use crate::draft::record::{Field, Fields, Unreadable, decode_place, encode_place, number, text, version};
use crate::ids::CommentId;
use crate::writing::{Delay, Letter, Refusal, TabId, Unclear, Utf16, Writer};

/// The version of the record. What a later version wrote is left alone.
const VERSION: f64 = 1.0;

/// Most look-alikes that are written down; so many equal comments by one writer need a program to write them.
const KNOWN_MAX: usize = 1_000;

/// The record of an entry.
pub fn encode_entry(entry: &Entry) -> Fields {
    let mut out = Writing::default();
    let Letter { place, title, text, writer } = &entry.letter;
    out.number("v", VERSION);
    out.text("id", &entry.id.0);
    encode_place(place, &mut out.fields);
    out.text("title", title);
    out.fields.insert("text".to_owned(), Field::Text(text.clone()));
    out.text("name", &writer.name);
    out.text("email", &writer.email);
    out.text("website", &writer.website);
    out.text("answered", &entry.answered);
    if let Some(draft) = &entry.draft_id {
        out.text("draft", draft);
    }
    out.time("created", entry.created);
    out.number("edit-seconds", f64::from(entry.edit_seconds));
    if let Some(known) = &entry.known {
        let known = known.get(..KNOWN_MAX).unwrap_or(known);
        out.number("known", known.len() as f64);
        for (at, id) in known.iter().enumerate() {
            out.text(&format!("known-{at}"), id.as_str());
        }
    }
    out.number("attempt", f64::from(entry.attempt));
    out.number("delays", f64::from(entry.delays));
    out.number("look", f64::from(entry.look));
    encode_state(&entry.state, &mut out);
    out.fields
}

fn encode_state(state: &State, out: &mut Writing) {
    match state {
        State::Queued { due, why } => {
            out.text("state", "queued");
            out.time("due", *due);
            if let Some(why) = why {
                out.text("why", name_of(&DELAYS, why));
            }
        }
        State::Sending { tab, until } => {
            out.text("state", "sending");
            // As a text, for a number of a browser has 53 bits.
            out.text("tab", &tab.0.to_string());
            out.time("until", *until);
        }
        State::MaybeSent(doubt) => {
            out.text("state", "maybe-sent");
            out.text("cause", name_of(&CAUSES, &doubt.cause));
            out.number("absences", f64::from(doubt.absences));
            out.number("misses", f64::from(doubt.misses));
            out.time("due", doubt.due);
            if let Some(question) = &doubt.question {
                out.text("question", name_of(&QUESTIONS, question));
            }
            out.number("again", f64::from(u8::from(doubt.again)));
        }
        State::Published { id, until, editable } => {
            out.text("state", "published");
            out.text("published-as", id.as_str());
            out.time("until", *until);
            out.number("editable", f64::from(u8::from(*editable)));
        }
        State::Held { id } => {
            out.text("state", "held");
            if let Some(id) = id {
                out.text("published-as", id.as_str());
            }
        }
        State::Rejected(refusal) => {
            out.text("state", "rejected");
            encode_refusal(refusal, out);
        }
    }
}

fn encode_refusal(refusal: &Refusal, out: &mut Writing) {
    let (name, number, words) = match refusal {
        Refusal::TooShort(n) => ("too-short", Some(*n), None),
        Refusal::TooLong(n) => ("too-long", Some(*n), None),
        Refusal::NameMissing => ("name-missing", None, None),
        Refusal::EmailInvalid => ("email-invalid", None, None),
        Refusal::WebsiteInvalid => ("website-invalid", None, None),
        Refusal::Closed => ("closed", None, None),
        Refusal::LoginNeeded => ("login-needed", None, None),
        Refusal::Duplicate => ("duplicate", None, None),
        Refusal::TargetGone => ("target-gone", None, None),
        Refusal::TooLate => ("too-late", None, None),
        Refusal::WrongSite => ("wrong-site", None, None),
        Refusal::Words(words) => ("words", None, Some(words)),
    };
    out.text("refusal", name);
    if let Some(number) = number {
        out.number("refusal-number", f64::from(number));
    }
    if let Some(words) = words {
        out.text("refusal-words", words);
    }
}

/// The entry of a record.
///
/// # Errors
/// [`Unreadable`] for a record that this version cannot read; it is to be left as it is.
pub fn decode_entry(fields: &Fields) -> Result<Entry, Unreadable> {
    let record = Reading(fields);
    version(fields, VERSION)?;
    let letter = Letter {
        place: decode_place(fields)?,
        title: record.text("title")?,
        text: text(fields, "text")?.clone(),
        writer: Writer { name: record.text("name")?, email: record.text("email")?, website: record.text("website")? },
    };
    Ok(Entry {
        id: EntryId(record.text("id")?),
        letter,
        answered: record.text("answered")?,
        draft_id: record.optional("draft", Reading::text)?,
        created: record.time("created")?,
        edit_seconds: record.count("edit-seconds")?,
        known: decode_known(&record)?,
        attempt: record.count("attempt")?,
        delays: record.count("delays")?,
        look: record.count("look")?,
        state: decode_state(&record)?,
    })
}

fn decode_known(record: &Reading<'_>) -> Result<Option<Vec<CommentId>>, Unreadable> {
    let Some(count) = record.optional("known", Reading::count)? else { return Ok(None) };
    let at_most = usize::try_from(count).unwrap_or(KNOWN_MAX).min(KNOWN_MAX);
    let id = |at: usize| match record.0.get(&format!("known-{at}")) {
        Some(Field::Text(id)) => Ok(CommentId::new(id.to_text())),
        Some(Field::Number(_)) | None => Err(Unreadable::Wrong("known")),
    };
    (0..at_most).map(id).collect::<Result<_, _>>().map(Some)
}

fn decode_state(record: &Reading<'_>) -> Result<State, Unreadable> {
    Ok(match record.text("state")?.as_str() {
        "queued" => State::Queued {
            due: record.time("due")?,
            why: record.optional("why", |record, name| record.named(name, &DELAYS))?,
        },
        "sending" => {
            let tab = record.text("tab")?.parse().map_err(|_| Unreadable::Wrong("tab"))?;
            State::Sending { tab: TabId(tab), until: record.time("until")? }
        }
        "maybe-sent" => State::MaybeSent(Doubt {
            cause: record.named("cause", &CAUSES)?,
            absences: record.count("absences")?,
            misses: record.count("misses")?,
            due: record.time("due")?,
            question: record.optional("question", |record, name| record.named(name, &QUESTIONS))?,
            again: record.count("again")? > 0,
        }),
        "published" => State::Published {
            id: CommentId::new(record.text("published-as")?),
            until: record.time("until")?,
            editable: record.count("editable")? > 0,
        },
        "held" => State::Held { id: record.optional("published-as", Reading::text)?.map(CommentId::new) },
        "rejected" => State::Rejected(decode_refusal(record)?),
        _ => return Err(Unreadable::Wrong("state")),
    })
}

fn decode_refusal(record: &Reading<'_>) -> Result<Refusal, Unreadable> {
    Ok(match record.text("refusal")?.as_str() {
        "too-short" => Refusal::TooShort(record.count("refusal-number")?),
        "too-long" => Refusal::TooLong(record.count("refusal-number")?),
        "name-missing" => Refusal::NameMissing,
        "email-invalid" => Refusal::EmailInvalid,
        "website-invalid" => Refusal::WebsiteInvalid,
        "closed" => Refusal::Closed,
        "login-needed" => Refusal::LoginNeeded,
        "duplicate" => Refusal::Duplicate,
        "target-gone" => Refusal::TargetGone,
        "too-late" => Refusal::TooLate,
        "wrong-site" => Refusal::WrongSite,
        "words" => Refusal::Words(record.text("refusal-words")?),
        _ => return Err(Unreadable::Wrong("refusal")),
    })
}

const DELAYS: [(&str, Delay); 3] =
    [("offline", Delay::Offline), ("too-many", Delay::TooMany), ("unwell", Delay::Unwell)];

const CAUSES: [(&str, Cause); 6] = [
    ("broken", Cause::Unclear(Unclear::Broken)),
    ("timed-out", Cause::Unclear(Unclear::TimedOut)),
    ("garbled", Cause::Unclear(Unclear::Garbled)),
    ("failed", Cause::Unclear(Unclear::Failed)),
    ("redirected", Cause::Unclear(Unclear::Redirected)),
    ("duplicate", Cause::Duplicate),
];

const QUESTIONS: [(&str, Question); 2] = [("not-found", Question::NotFound), ("unreadable", Question::Unreadable)];

fn name_of<T: PartialEq>(names: &[(&'static str, T)], value: &T) -> &'static str {
    names.iter().find_map(|(name, named)| (named == value).then_some(*name)).unwrap_or_default()
}

#[derive(Default)]
struct Writing {
    fields: Fields,
}

impl Writing {
    fn text(&mut self, name: &str, text: &str) {
        self.fields.insert(name.to_owned(), Field::Text(Utf16::from(text)));
    }

    fn number(&mut self, name: &str, number: f64) {
        self.fields.insert(name.to_owned(), Field::Number(number));
    }

    /// Milliseconds since 1970 lie within the 53 bits of a browser's number for 285,000 years.
    fn time(&mut self, name: &str, millis: i64) {
        self.number(name, millis as f64);
    }
}

struct Reading<'a>(&'a Fields);

impl Reading<'_> {
    fn text(&self, name: &'static str) -> Result<String, Unreadable> {
        text(self.0, name).map(Utf16::to_text)
    }

    fn number(&self, name: &'static str) -> Result<f64, Unreadable> {
        number(self.0, name)
            .and_then(|number| if number.is_finite() { Ok(number) } else { Err(Unreadable::Wrong(name)) })
    }

    fn time(&self, name: &'static str) -> Result<i64, Unreadable> {
        // The cast takes what is too large to the nearest end.
        self.number(name).map(|number| number as i64)
    }

    fn count(&self, name: &'static str) -> Result<u32, Unreadable> {
        self.number(name).map(|number| number as u32)
    }

    fn named<T: Copy>(&self, name: &'static str, names: &[(&str, T)]) -> Result<T, Unreadable> {
        let text = self.text(name)?;
        names.iter().find_map(|(known, value)| (*known == text).then_some(*value)).ok_or(Unreadable::Wrong(name))
    }

    /// `None` where the field is not there.
    fn optional<T>(
        &self,
        name: &'static str,
        read: impl FnOnce(&Self, &'static str) -> Result<T, Unreadable>,
    ) -> Result<Option<T>, Unreadable> {
        if self.0.contains_key(name) { read(self, name).map(Some) } else { Ok(None) }
    }
}

//! Lists of comments: roots, each with its answers.

use super::comment::{Mode, Reader};
use super::{Isso, PAGE, document};
use crate::back_end::{Fault, Form, ListPage, Part, Wishes};
use crate::json::Value;
use crate::static_json::DecodeError;
use crate::wire::Response;
use afterword_core::ids::{CommentId, PostPath};
use afterword_core::model::{Comment, Decoded, Warning, WarningKind};
use std::collections::HashSet;

/// Most warnings that are listed for one answer: enough to see what is wrong.
const WARNINGS_MAX: usize = 1_000;

impl Isso {
    pub(crate) fn decode_list(
        &self,
        response: &Response,
        post: &PostPath,
        part: Part,
        form: Form,
    ) -> Result<Decoded<ListPage>, Fault> {
        if !response.is_success() {
            return Err(Fault::Status(response.status));
        }
        let document = document(&response.body)?;
        if document.as_object().is_none() {
            return Err(DecodeError::WrongRoot { found: document.kind() }.into());
        }
        let roots = document.get("replies").and_then(Value::as_array).ok_or(DecodeError::NoItems)?;
        let mut warnings = Vec::new();
        let mut reader = Reader { mark: self.mark(post), form, warnings: &mut warnings };
        let mut page = ListPage {
            total: count(&document, "total_replies"),
            wishes: document.get("config").map(wishes_of),
            ..ListPage::default()
        };
        read_all(roots, part, &mut reader, &mut page);
        if hidden(&document) && !roots.is_empty() {
            page.more.insert(0, part.after(roots.len()));
        }
        settle_ids(&mut page.comments, &mut warnings);
        if warnings.len() > WARNINGS_MAX {
            warnings.truncate(WARNINGS_MAX);
            warnings.push(Warning { place: String::new(), kind: WarningKind::MoreNotListed });
        }
        Ok(Decoded { value: page, warnings })
    }
}

/// Reads comments and what stands below them, however deep: this server nests once, but who knows what answers.
fn read_all(roots: &[Value], part: Part, reader: &mut Reader<'_>, page: &mut ListPage) {
    let below = match part {
        Part::Roots(_) => None,
        Part::Answers(number, _) => Some(CommentId::new(format!("{}{number}", super::ID_PREFIX))),
    };
    let mut open = vec![(roots.iter(), below)];
    while let Some((values, below)) = open.last_mut() {
        let Some(value) = values.next() else {
            open.pop();
            continue;
        };
        let read = reader.read(value, below.as_ref());
        let id = read.as_ref().map(|read| read.comment.id.clone()).or_else(|| below.clone());
        match read {
            // The server keeps these to itself; one that slips out has not been approved all the same.
            Some(read) if read.mode == Mode::Held => {}
            Some(read) => page.comments.push(read.comment),
            None => page.skipped += 1,
        }
        let answers = value.get("replies").and_then(Value::as_array).unwrap_or_default();
        if hidden(value)
            && let Some(number) = value.get("id").and_then(Value::as_i64)
        {
            page.more.push(Part::Answers(number, 0).after(answers.len()));
        }
        if !answers.is_empty() {
            open.push((answers.iter(), id));
        }
    }
}

impl Part {
    /// What comes after so many of this part.
    fn after(self, count: usize) -> Self {
        let count = u32::try_from(count).unwrap_or(PAGE);
        match self {
            Self::Roots(offset) => Self::Roots(offset.saturating_add(count)),
            Self::Answers(number, offset) => Self::Answers(number, offset.saturating_add(count)),
        }
    }
}

/// Whether the server has more of a list than it gave.
fn hidden(list: &Value) -> bool {
    list.get("hidden_replies").and_then(Value::as_i64).is_some_and(|hidden| hidden > 0)
}

fn count(value: &Value, key: &str) -> Option<u32> {
    value.get(key).and_then(Value::as_i64).and_then(|count| u32::try_from(count).ok())
}

fn wishes_of(config: &Value) -> Wishes {
    let wants = |key| config.get(key).and_then(Value::as_bool).unwrap_or_default();
    Wishes { name: wants("require-author"), email: wants("require-email") }
}

/// Gives a comment whose id an earlier one has an id of its own: both are shown, answers go to the first.
fn settle_ids(comments: &mut [Comment], warnings: &mut Vec<Warning>) {
    let mut taken: HashSet<CommentId> = HashSet::with_capacity(comments.len());
    for comment in comments {
        if taken.insert(comment.id.clone()) {
            continue;
        }
        warnings.push(Warning { place: format!("{}.id", comment.id), kind: WarningKind::IdDuplicate });
        let number = taken.len();
        comment.id = CommentId::new(format!("{}~{number}", comment.id));
        taken.insert(comment.id.clone());
    }
}

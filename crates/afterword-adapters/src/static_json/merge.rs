//! Pages of one thread put together.

use super::comments::{CommentsPage, numbered};
use super::fields::Notes;
use afterword_core::ids::CommentId;
use afterword_core::model::{Comment, Decoded, WarningKind};
use std::collections::HashMap;

/// The comments of all pages in order, each once.
///
/// Pages may overlap, because a comment that arrives while they are read shifts the rest: a comment that an earlier
/// page had with the same id, author, date and text is dropped. One with the same id and anything else is another
/// comment: it gets a new id and a warning, and both are shown. Within a page nothing is dropped.
pub fn merge_pages(pages: Vec<CommentsPage>) -> Decoded<Vec<Comment>> {
    let mut notes = Notes::default();
    let mut merged: Vec<Comment> = Vec::with_capacity(pages.iter().map(|page| page.comments.len()).sum());
    // For each id where its first comment stands, and for each comment where the next one stands that came with the
    // same id: 1 more than its index, 0 for none.
    let mut first: HashMap<CommentId, u32> =
        pages.iter().flat_map(|page| &page.comments).map(|comment| (comment.id.clone(), 0)).collect();
    let mut next: Vec<u32> = Vec::with_capacity(merged.capacity());
    for (page_index, page) in pages.into_iter().enumerate() {
        for mut comment in page.comments {
            let mut link = first.get(&comment.id).copied().unwrap_or(0);
            let mut last = None;
            let mut count = 0;
            let overlaps = loop {
                let Some(index) = link.checked_sub(1).map(|index| index as usize) else { break false };
                let (Some(known), Some(following)) = (merged.get(index), next.get(index)) else { break false };
                if is_same(known, &comment) {
                    break true;
                }
                (last, link, count) = (Some(index), *following, count + 1);
            };
            if overlaps {
                continue;
            }
            let position = u32::try_from(merged.len() + 1).unwrap_or(0);
            match last.and_then(|last| next.get_mut(last)) {
                None => {
                    first.insert(comment.id.clone(), position);
                }
                Some(end) => {
                    *end = position;
                    notes.add(format!("page {}, comment {}", page_index + 1, comment.id), WarningKind::IdDuplicate);
                    comment.id = free_id(&comment.id, count + 1, &mut first);
                }
            }
            merged.push(comment);
            next.push(0);
        }
    }
    Decoded { value: merged, warnings: notes.into_warnings() }
}

/// The first of `id~2`, `id~3` … from this number on that no comment has; it is taken then.
fn free_id(id: &CommentId, mut number: u32, taken: &mut HashMap<CommentId, u32>) -> CommentId {
    loop {
        let candidate = numbered(id, number);
        if !taken.contains_key(&candidate) {
            taken.insert(candidate.clone(), 0);
            return candidate;
        }
        number += 1;
    }
}

/// Whether two comments with the same id are the same comment, read twice.
fn is_same(a: &Comment, b: &Comment) -> bool {
    a.published == b.published && a.author.name == b.author.name && a.body == b.body
}

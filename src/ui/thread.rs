//! The conversation below a post: heading, order, notices, and the region that the row renderer fills.

use crate::conversation::{Comments, Conversation};
use crate::page_state::PostPage;
use crate::render::region::{Region, region};
use crate::session::Session;
use crate::texts::{Key, comment_count, text, with_reason};
use crate::ui::notice::{Kind, OnPress, notice, placeholder};
use afterword_core::model::{BackEnd, ThreadState};
use leptos::either::Either;
use leptos::html::{div, h2, header, p, section};
use leptos::prelude::*;

/// The conversation of a post.
pub fn thread_section(session: Session, page: PostPage) -> impl IntoView {
    let closed = page.post.thread.state == ThreadState::Closed;
    let takes = !closed && session.site().back_end != BackEnd::None;
    let conversation = Conversation::new(session, page);
    let title = move || comment_count(conversation.count());
    let head = header()
        .class("thread-head")
        .child((h2().class("thread-title").id("comments-title").child(title), region(Region::ThreadTools)));
    conversation.attach_when_placed();
    section().id("comments").class("thread").aria_labelledby("comments-title").child((
        head,
        region(Region::ThreadFind),
        div().class("notices").child(move || notices(conversation)),
        region(Region::ThreadRows),
        takes.then(|| (region(Region::ThreadComposer), region(Region::ThreadCompose))),
        region(Region::ThreadPill),
        region(Region::ThreadPages),
        closed.then(|| p().class("thread-closed").child(text(Key::ThreadClosed))),
    ))
}

/// What there is to say about how fetching went; nothing as long as all is well.
fn notices(conversation: Conversation) -> impl IntoView {
    let retry = || Some(Box::new(move || conversation.retry()) as OnPress);
    let prerendered = conversation.is_prerendered();
    conversation.talk.with(|talk| {
        let gone = talk.target_gone.then(|| notice(Kind::Warning, text(Key::CommentGone).to_owned(), None));
        let state = match &talk.comments {
            Comments::Loading => (!prerendered).then(|| Either::Left(placeholder(Key::LoadingComments))),
            Comments::Failed(error) => {
                let key = if prerendered { Key::CommentsKept } else { Key::CommentsFailed };
                Some(Either::Right(notice(Kind::Error, with_reason(key, &error.why()), retry())))
            }
            Comments::Ready(_, damage) => {
                let sentences = damage.sentences().join(" ");
                let retry = if damage.may_be_retried() { retry() } else { None };
                (!sentences.is_empty()).then(|| Either::Right(notice(Kind::Warning, sentences, retry)))
            }
        };
        (gone, state)
    })
}

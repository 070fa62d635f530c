//! The conversation below a post: heading, order, notices, and the region that the row renderer fills.

use crate::conversation::Conversation;
use crate::remote::Remote;
use crate::render::region::{Region, region};
use crate::session::Session;
use crate::texts::{Key, comment_count, text, with_reason};
use crate::ui::notice::{Kind, notice, placeholder};
use crate::ui::order::order_control;
use afterword_core::model::{Post, ThreadState};
use leptos::html::{div, h2, header, p, section};
use leptos::prelude::*;
use std::sync::Arc;

/// The conversation of a post.
pub fn thread_section(session: Session, post: Arc<Post>, prerendered: bool) -> impl IntoView {
    let closed = post.thread.state == ThreadState::Closed;
    let conversation = Conversation::new(session, post, prerendered);
    let head = header().class("thread-head").child((
        h2().class("thread-title").id("comments-title").child(move || comment_count(conversation.count())),
        order_control(conversation.order, move |order| conversation.set_order(session, order)),
    ));
    let rows = region("thread-rows", Region::ThreadRows, move |host| conversation.attach(session, host));
    let pages = region("thread-pages-region", Region::ThreadPages, |_| ());
    let closed = closed.then(|| p().class("thread-closed").child(text(Key::ThreadClosed)));
    section().id("comments").class("thread").aria_labelledby("comments-title").child((
        head,
        div().class("notices").child(move || notices(session, conversation)),
        rows,
        pages,
        closed,
    ))
}

/// What there is to say about how fetching went; nothing as long as all is well.
fn notices(session: Session, conversation: Conversation) -> impl IntoView {
    let retry = move || conversation.retry(session);
    let gone = conversation
        .target_gone
        .get()
        .then(|| notice(Kind::Warning, vec![text(Key::CommentGone).to_owned()], None::<fn()>));
    let state = conversation.thread.with(|thread| match thread {
        Remote::Loading if conversation.prerendered => None,
        Remote::Loading => Some(placeholder(Key::LoadingComments).into_any()),
        Remote::Failed(error) => {
            let key = if conversation.prerendered { Key::CommentsKept } else { Key::CommentsFailed };
            Some(notice(Kind::Error, vec![with_reason(key, &error.why())], Some(retry)).into_any())
        }
        Remote::Ready(_) => {
            let damage = conversation.damage.get();
            let sentences = damage.sentences();
            let retry = damage.may_be_retried().then_some(retry);
            (!sentences.is_empty()).then(|| notice(Kind::Warning, sentences, retry).into_any())
        }
    });
    (gone, state)
}

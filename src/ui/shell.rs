//! What is around every page: the way past the head, the blog's name, the page itself, the foot.

use crate::route::Route;
use crate::session::Session;
use crate::texts::{Key, text};
use crate::ui::{help, home, post};
use leptos::html::{a, button, div, footer, h1, header, main, p};
use leptos::prelude::*;

/// The id of the element that holds the page: where the skip link leads, and the focus goes on a visit.
pub const CONTENT: &str = "content";

/// The whole app.
pub fn shell(session: Session) -> impl IntoView {
    let title = move || session.site.with(|site| site.title.clone());
    let description = move || session.site.with(|site| site.description.clone().unwrap_or_default());
    let page = move || match session.route.get() {
        Route::Home => home::home(session).into_any(),
        Route::Post(slug) => post::post_page(session, slug).into_any(),
        Route::Unknown => not_found(session).into_any(),
    };
    (
        a().class("skip-link").href("#content").child(text(Key::SkipToContent)),
        header().class("site-header").child((
            a().class("site-title").href(session.href("")).child(title),
            p().class("site-description").child(description),
        )),
        main().id(CONTENT).tabindex("-1").child(page),
        footer().class("site-footer").child(
            button()
                .r#type("button")
                .class("button help-open needs-app")
                .on(leptos::ev::click, move |_| session.help_open.set(true))
                .child(text(Key::Help)),
        ),
        p().class("for-ears").role("status").child(move || session.status.get()),
        help::help_slot(session),
    )
}

fn not_found(session: Session) -> impl IntoView {
    let _ = session.take_start();
    div().class("not-found").child((
        h1().child(text(Key::NotFoundTitle)),
        p().child(text(Key::NotFound)),
        a().class("button").href(session.href("")).child(text(Key::BackHome)),
    ))
}

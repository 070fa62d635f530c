//! What is around every page: the way past the head, the blog's name, the page itself, the foot.

use crate::page_state::PageState;
use crate::render::region::{Region, region};
use crate::route::Route;
use crate::session::Session;
use crate::texts::{Key, text, with_reason};
use crate::ui::notice::{Kind, OnPress, notice, placeholder, press_button};
use crate::ui::thread::thread_section;
use crate::ui::{help, post};
use leptos::either::{EitherOf3, EitherOf5};
use leptos::html::{a, div, footer, h1, header, main, p};
use leptos::prelude::*;

/// The id of the element that holds the page: where the skip link leads, and the focus goes on a visit.
pub const CONTENT: &str = "content";

/// The whole app.
pub fn shell(session: Session) -> impl IntoView {
    session.fill_frame_when_placed();
    let keys = press_button("button help-open needs-app", Key::Help, Box::new(move || help::open(session)));
    (
        a().class("skip-link").href("#content").child(text(Key::SkipToContent)),
        header().class("site-header").child(region(Region::SiteHead)),
        main().id(CONTENT).tabindex("-1").child(move || page(session)),
        footer().class("site-footer").child((region(Region::SiteFoot), keys)),
        p().class("for-ears").role("status").child(move || session.status.get()),
        help::help_slot(session),
    )
}

fn page(session: Session) -> impl IntoView {
    match session.page.get() {
        PageState::Loading(route) => EitherOf5::A(placeholder(match route {
            Route::Post(_) => Key::LoadingPost,
            Route::List(..) | Route::Index(_) => Key::LoadingPosts,
            Route::Unknown => Key::LoadingPage,
        })),
        PageState::Listing(listing) => {
            session.fill_listing_when_placed(listing);
            EitherOf5::B(region(Region::Page))
        }
        PageState::Post(page) => EitherOf5::C(post::post_page(session, page)),
        PageState::Failed(route, error) => {
            let key = match route {
                Route::Post(_) => Key::PostFailed,
                Route::List(..) | Route::Index(_) | Route::Unknown => Key::PostsFailed,
            };
            EitherOf5::D(notice(Kind::Error, with_reason(key, &error.why()), Some(retry(session, route))))
        }
        PageState::NotFound => EitherOf5::E(not_found(session)),
    }
}

/// A conversation without the page around it: for the pages of others.
pub fn thread_only(session: Session) -> impl IntoView {
    let thread = move || match session.page.get() {
        PageState::Post(page) => EitherOf3::A(thread_section(session, page)),
        PageState::Failed(route, error) => {
            let sentence = with_reason(Key::CommentsFailed, &error.why());
            EitherOf3::B(notice(Kind::Error, sentence, Some(retry(session, route))))
        }
        PageState::Loading(_) | PageState::Listing(_) | PageState::NotFound => {
            EitherOf3::C(placeholder(Key::LoadingComments))
        }
    };
    (div().child(thread), p().class("for-ears").role("status").child(move || session.status.get()))
}

fn retry(session: Session, route: Route) -> OnPress {
    Box::new(move || {
        #[cfg(feature = "browser")]
        session.fetch(route.clone());
        // Natively nobody presses it.
        #[cfg(not(feature = "browser"))]
        let _ = (session, &route);
    })
}

fn not_found(session: Session) -> impl IntoView {
    div().class("not-found").child((
        h1().child(text(Key::NotFoundTitle)),
        p().child(text(Key::NotFound)),
        a().class("button").href(session.href("")).child(text(Key::BackHome)),
    ))
}

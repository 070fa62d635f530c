//! Pages that a reader is about to go to: fetched when a link is pointed at, so that they are there when it is pressed.

use crate::fetch_error::FetchError;
use crate::lazy::PageLoad;
use crate::page_state::PageState;
use crate::platform::listener::{Listener, Timer};
use crate::platform::location::on_pointed;
use crate::platform::page;
use crate::platform::spawn::spawn;
use crate::route::Route;
use crate::session::Session;
use futures::FutureExt;
use futures::future::Shared;
use std::cell::RefCell;
use std::rc::Rc;

/// How long a pointer rests on a link before that means something, in milliseconds: less than anybody takes to press,
/// more than one that only passes.
const REST_MILLIS: i32 = 65;

/// The page that was fetched ahead, with its address: the last one that was pointed at.
type Ahead = Option<(String, Shared<PageLoad>)>;

thread_local! {
    static AHEAD: RefCell<Ahead> = const { RefCell::new(None) };
}

/// The page at this address, if it has been fetched ahead or is on its way. It is handed out once: whoever comes back
/// later wants to see what is new.
pub fn take(address: &str) -> Option<Shared<PageLoad>> {
    AHEAD.with_borrow_mut(|ahead| ahead.take_if(|(of, _)| of == address).map(|(_, load)| load))
}

/// Fetches a page ahead, unless that is under way.
fn fetch_ahead(session: Session, route: Route) {
    let address = session.href(&route.path());
    if AHEAD.with_borrow(|ahead| ahead.as_ref().is_some_and(|(of, _)| *of == address)) {
        return;
    }
    let load: PageLoad = Box::pin(crate::load::fetch_page_state(session, route));
    let load = load.shared();
    AHEAD.set(Some((address.clone(), load.clone())));
    spawn(async move {
        let result: Result<PageState, FetchError> = load.await;
        if result.is_err() {
            // Pressing the link is another try, and says what is wrong.
            drop(take(&address));
        }
    });
}

/// Listens to what is pointed at, touched or reached with the keyboard, for as long as the listeners are kept. Readers
/// who asked their browser to save data are left alone.
pub fn listen(session: Session) -> Option<[Listener; 3]> {
    if page::saves_data() {
        return None;
    }
    let resting = Rc::new(RefCell::new(None));
    on_pointed(&session.base(), move |route| {
        let route = route.filter(|route| *route != session.base().current_route());
        resting.replace(route.map(|route| Timer::start(REST_MILLIS, move || fetch_ahead(session, route.clone()))));
    })
}

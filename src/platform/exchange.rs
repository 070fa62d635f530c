//! A request to a back end and its answer, as the values of `afterword_adapters::wire`.
//!
//! A request goes out once. It is never led elsewhere unless it only reads: what somebody wrote, with their address, is
//! for the back end of the site and for nobody that it points to.

use super::listener::Timer;
use crate::fetch_error::STALL_MILLIS;
use afterword_adapters::wire::{Method, Request, Response};
use afterword_core::outbox::SEND_MILLIS_MAX;
use afterword_core::writing::{Answer, Delay, Unclear};
use js_sys::{Reflect, Uint8Array};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, RequestCache, RequestCredentials, RequestInit,
    RequestRedirect, ResponseType,
};

/// Longest answer that is read, in bytes: some 50,000 comments. Whoever sends more means no good.
const BODY_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The browser had no connection, so nothing was sent.
    Offline,
    /// The connection broke, or was never made, or the answer is not for us (CORS, a blocked request): a browser does
    /// not tell which.
    Lost,
    /// Nothing came for [`STALL_MILLIS`], or not all within [`SEND_MILLIS_MAX`].
    TimedOut,
    /// There was an answer, and its body is cut off.
    CutOff,
    /// The body is longer than any answer.
    TooLong,
}

impl Broken {
    /// What this means for a letter that was to be sent.
    pub fn answer(self) -> Answer {
        match self {
            Self::Offline => Answer::Later { wait_seconds: None, why: Delay::Offline },
            Self::Lost => Answer::Unclear(Unclear::Broken),
            Self::TimedOut => Answer::Unclear(Unclear::TimedOut),
            Self::CutOff | Self::TooLong => Answer::Unclear(Unclear::Garbled),
        }
    }
}

/// Whether the browser has a connection, as far as it knows: it may say yes wrongly, and hardly ever no.
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Sends a request and reads the answer, whatever its status. An answer that leads elsewhere is followed by requests that
/// only read; to others it comes as one with the status 0 that is [`Response::redirected`].
///
/// # Errors
/// [`Broken`] where there is no whole answer. All but [`Broken::Offline`] leave open whether the back end has acted.
pub async fn exchange(request: Request) -> Result<Response, Broken> {
    if !is_online() {
        return Err(Broken::Offline);
    }
    let abort = AbortController::new().map_err(|_| Broken::Lost)?;
    let timed_out = Rc::new(Cell::new(false));
    let give_up = {
        let (abort, timed_out) = (abort.clone(), Rc::clone(&timed_out));
        move || {
            timed_out.set(true);
            abort.abort();
        }
    };
    let limit = i32::try_from(SEND_MILLIS_MAX).unwrap_or(i32::MAX);
    let _whole = Timer::start(limit, give_up.clone());
    let silence = || Timer::start(STALL_MILLIS, give_up.clone());
    let failed = |otherwise: Broken| if timed_out.get() { Broken::TimedOut } else { otherwise };

    let options = options(&request, &abort).map_err(|_| Broken::Lost)?;
    let window = web_sys::window().ok_or(Broken::Lost)?;
    let timer = silence();
    let answer = window.fetch_with_str_and_init(&request.url, &options).await.map_err(|_| failed(Broken::Lost))?;
    drop(timer);
    let answer: web_sys::Response = answer.unchecked_into();
    let header = |name: &str| answer.headers().get(name).ok().flatten();
    let response = Response {
        status: answer.status(),
        url: answer.url(),
        redirected: answer.redirected() || answer.type_() == ResponseType::Opaqueredirect,
        content_type: header("content-type"),
        retry_after: header("retry-after"),
        body: Vec::new(),
    };
    let Some(stream) = answer.body() else { return Ok(response) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut body = Vec::new();
    loop {
        let timer = silence();
        let chunk = reader.read().await.map_err(|_| failed(Broken::CutOff))?;
        drop(timer);
        let field = |name: &str| Reflect::get(&chunk, &JsValue::from_str(name)).map_err(|_| Broken::CutOff);
        if field("done")?.is_truthy() {
            return Ok(Response { body, ..response });
        }
        let chunk: Uint8Array = field("value")?.unchecked_into();
        let from = body.len();
        let len = from + chunk.length() as usize;
        if len > BODY_BYTES_MAX {
            abort.abort();
            return Err(Broken::TooLong);
        }
        body.resize(len, 0);
        chunk.copy_to(&mut body[from..]);
    }
}

fn options(request: &Request, abort: &AbortController) -> Result<RequestInit, JsValue> {
    let options = RequestInit::new();
    options.set_method(request.method.as_str());
    options.set_signal(Some(&abort.signal()));
    options.set_cache(RequestCache::NoStore);
    let credentials = if request.credentials { RequestCredentials::Include } else { RequestCredentials::Omit };
    options.set_credentials(credentials);
    let reads = request.method == Method::Get;
    options.set_redirect(if reads { RequestRedirect::Follow } else { RequestRedirect::Manual });
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    options.set_headers(&headers);
    if let Some(body) = &request.body {
        options.set_body(&JsValue::from_str(body));
    }
    Ok(options)
}

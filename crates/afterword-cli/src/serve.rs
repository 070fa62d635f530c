//! `afterword serve`: a built site on this computer, as a static host would show it.
//!
//! It listens on 127.0.0.1 only. Compressed files beside the plain ones are sent to who takes them; what is missing is
//! answered with `404.html` and status 404; files with a hash in their name may be kept for ever, all others are asked
//! for again each time.

use crate::content::is_part_name;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use tower_http::services::{ServeDir, ServeFile};

/// A year: what browsers take for ever.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// What is served, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServeOptions {
    /// The folder.
    pub folder: PathBuf,
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The path under which the site appears, `/` or like `/sub/`; slashes at its ends may be missing.
    pub base: String,
    /// A Content-Security-Policy for each answer.
    pub csp: Option<String>,
}

/// The site cannot be served.
#[derive(Debug)]
pub enum ServeError {
    /// There is no such folder.
    NoFolder(PathBuf),
    /// Another program listens on this port.
    PortTaken(u16),
    /// The policy has characters that no header can have.
    BadPolicy,
    /// The network does not do what it should.
    Io(std::io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFolder(path) => write!(f, "there is no folder {}", path.display()),
            Self::PortTaken(port) => {
                write!(f, "port {port} is taken by another program; stop it, or choose another port with --port")
            }
            Self::BadPolicy => f.write_str("the Content-Security-Policy has characters in it that no header can have"),
            Self::Io(error) => write!(f, "the server stopped: {error}"),
        }
    }
}

impl std::error::Error for ServeError {}

/// A server that has its port.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    base: String,
    router: Router,
}

impl Server {
    /// Takes the port.
    ///
    /// # Errors
    /// When the folder is missing, the port is taken, or the policy is no header.
    pub fn bind(options: ServeOptions) -> Result<Self, ServeError> {
        if !options.folder.is_dir() {
            return Err(ServeError::NoFolder(options.folder));
        }
        let policy =
            options.csp.as_deref().map(HeaderValue::from_str).transpose().map_err(|_| ServeError::BadPolicy)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => ServeError::PortTaken(options.port),
            _ => ServeError::Io(error),
        })?;
        listener.set_nonblocking(true).map_err(ServeError::Io)?;
        let address = listener.local_addr().map_err(ServeError::Io)?;
        let base = match options.base.trim_matches('/') {
            "" => "/".to_owned(),
            inner => format!("/{inner}/"),
        };
        let router = router(options.folder, &base, policy);
        Ok(Self { listener, address, base, router })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of the home page.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.base)
    }

    /// Answers until the program is stopped.
    ///
    /// # Errors
    /// When the network fails.
    pub fn run(self) -> Result<(), ServeError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().map_err(ServeError::Io)?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener).map_err(ServeError::Io)?;
            axum::serve(listener, self.router).await.map_err(ServeError::Io)
        })
    }
}

fn router(folder: PathBuf, base: &str, policy: Option<HeaderValue>) -> Router {
    let missing = ServeFile::new(folder.join("404.html")).precompressed_br().precompressed_gzip();
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip().not_found_service(missing);
    let base = base.to_owned();
    let around = move |request, next| answer(request, next, base.clone(), policy.clone());
    Router::new().fallback_service(files).layer(middleware::from_fn(around))
}

/// The same address as seen from the base, `None` when it lies outside.
fn below(uri: &Uri, base: &str) -> Option<Uri> {
    let path = uri.path().strip_prefix(base)?;
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("/{path}{query}").parse().ok()
}

/// Adds to an answer what a static host is told to add.
async fn answer(mut request: Request, next: Next, base: String, policy: Option<HeaderValue>) -> Response {
    if base != "/" && request.uri().path() == base.trim_end_matches('/') {
        return redirect(&base);
    }
    let Some(uri) = below(request.uri(), &base).filter(|uri| !is_hidden(uri.path())) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let path = uri.path().trim_start_matches('/').to_owned();
    *request.uri_mut() = uri;
    let mut response = next.run(request).await;
    let status = response.status();
    let headers = response.headers_mut();
    // The file service knows only the path below the base.
    if let Some(location) = headers.get(LOCATION).and_then(|location| location.to_str().ok())
        && let Some(below) = location.strip_prefix('/')
        && let Ok(location) = HeaderValue::from_str(&format!("{base}{below}"))
    {
        headers.insert(LOCATION, location);
    }
    let hashed = is_hashed(&path);
    if hashed && (status.is_success() || status == StatusCode::NOT_MODIFIED) {
        headers.insert(CACHE_CONTROL, FOR_EVER);
    } else {
        headers.insert(CACHE_CONTROL, ASK_AGAIN);
    }
    if let Some(typed) = headers.get(CONTENT_TYPE).and_then(with_charset) {
        headers.insert(CONTENT_TYPE, typed);
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(policy) = policy {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn redirect(base: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::TEMPORARY_REDIRECT;
    if let Ok(location) = HeaderValue::from_str(base) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

/// Files that begin with a dot are nobody's business, but for the one folder that the web has agreed on.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| {
        (part.starts_with('.') || part.starts_with("%2e") || part.starts_with("%2E")) && part != ".well-known"
    })
}

/// Whether a path names a file whose content can never change: a part of the bundle, or of a thread.
fn is_hashed(path: &str) -> bool {
    path.starts_with("assets/")
        || path.rsplit_once('/').is_some_and(|(folder, name)| folder.ends_with("/comments") && is_part_name(name))
}

fn with_charset(value: &HeaderValue) -> Option<HeaderValue> {
    match value.to_str().ok()? {
        "text/html" => Some(HeaderValue::from_static("text/html; charset=utf-8")),
        "text/javascript" => Some(HeaderValue::from_static("text/javascript; charset=utf-8")),
        "text/css" => Some(HeaderValue::from_static("text/css; charset=utf-8")),
        _ => None,
    }
}

//! Stub.
use std::rc::Rc;
use web_sys::HtmlElement;
pub type BlockWatch = Rc<dyn Fn(&HtmlElement, bool)>;

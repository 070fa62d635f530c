//! Parts of the app that are fetched when they are first wanted. In the release build each is a file of its own; under
//! Trunk, and natively, the same call goes straight through.

use crate::session::Session;
use leptos::prelude::AnyView;

/// A part did not arrive. Calling again tries again from the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartNotLoaded;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for PartNotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// The list of keys, as a view.
///
/// # Errors
/// [`PartNotLoaded`] when its file cannot be fetched or is not what was built.
#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(help, fallible)]
pub fn open_help(session: Session) -> Result<AnyView, PartNotLoaded> {
    Ok(crate::ui::help::help_dialog(session))
}

/// The list of keys, as a view.
///
/// # Errors
/// None here; see the split build.
#[cfg(not(feature = "split"))]
pub async fn open_help(session: Session) -> Result<AnyView, PartNotLoaded> {
    Ok(crate::ui::help::help_dialog(session))
}

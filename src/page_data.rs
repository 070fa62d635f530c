//! Names on which the prerendered page and the app that takes it over agree.

/// The id of the element with the text of `site.json`.
pub const SITE_DATA: &str = "afterword-site";
/// The id of the element with the post, its text left out.
pub const POST_DATA: &str = "afterword-post";
/// The attribute with the post's slug, on the element above.
pub const SLUG_ATTRIBUTE: &str = "data-slug";

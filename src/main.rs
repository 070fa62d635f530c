//! The browser's entry: takes over the page, or builds it.

fn main() {
    #[cfg(feature = "browser")]
    afterword::app::start();
}

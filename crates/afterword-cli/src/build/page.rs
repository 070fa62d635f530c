//! The page that holds the app, with its slots filled.

use super::head::{Frame, Head, write_head};
use crate::content::{ContentError, FileError};
use afterword::page_data::{POST_DATA, SITE_DATA, post_fields, site_fields};
use afterword::render::markup::push_text;
use afterword::texts::{Key, text};
use afterword_adapters::json::Value;
use afterword_adapters::static_json::{encode_path_text, origin_of};
use afterword_core::model::{BackEnd, Post, Site};
use afterword_core::words::direction;
use std::path::Path;

/// The language of a blog that does not say which it is written in: that of the interface.
const LANGUAGE: &str = "en";

/// The bundle's page. Its slots are comments in the markup: `<!--afterword:head-->` to `<!--/afterword:head-->`, and
/// likewise `script`; `<!--afterword:app-->`, `<!--afterword:data-->` and `<!--afterword:noscript-->` are single.
pub(super) struct Template {
    page: String,
    site: Site,
    frame: Frame,
    /// Style sheets after the app's own, below the base.
    style_sheets: Vec<String>,
}

impl Template {
    /// Reads the bundle's page.
    pub(super) fn read(
        path: &Path,
        site: &Site,
        frame: Frame,
        style_sheets: Vec<String>,
    ) -> Result<Self, ContentError> {
        let page = std::fs::read_to_string(path).map_err(|error| ContentError::file(path, FileError::Io(error)))?;
        Ok(Self { page, site: site.clone(), frame, style_sheets })
    }

    /// The policy under which its pages run.
    pub(super) fn policy(&self) -> &str {
        &self.frame.policy
    }

    /// Everything that its pages have in common, as one text.
    pub(super) fn fingerprint(&self) -> String {
        let Self { page, site: _, frame: Frame { policy, icons, colours }, style_sheets } = self;
        format!("{page}\n{policy}\n{icons:?}\n{colours:?}\n{style_sheets:?}")
    }

    /// A page that the app takes over.
    pub(super) fn fill(&self, head: &Head, base: &str, app: &str, post: Option<&Post>) -> String {
        let mut data = String::new();
        push_data(&mut data, SITE_DATA, site_fields(&self.site));
        if let Some(post) = post {
            push_data(&mut data, POST_DATA, post_fields(post));
        }
        self.page(head, base, app, &data, "")
    }

    /// A page without the app, for readers without script.
    pub(super) fn fill_static(&self, head: &Head, base: &str, body: &str) -> String {
        let page = self.page(head, base, body, "", "");
        cut(&page, "<!--afterword:script-->", "<!--/afterword:script-->", "")
    }

    /// The page for addresses that have no file: the app looks whether there is a post.
    pub(super) fn fill_stand_in(&self, head: &Head, app: &str) -> String {
        let mut data = String::new();
        push_data(&mut data, SITE_DATA, site_fields(&self.site));
        let mut noscript = String::from("<p>");
        push_text(&mut noscript, text(Key::NotFound));
        noscript.push_str(" <a href=\"");
        push_text(&mut noscript, &self.site.base_path);
        noscript.push_str("\">");
        push_text(&mut noscript, text(Key::BackHome));
        noscript.push_str("</a></p>");
        self.page(head, &self.site.base_path, app, &data, &noscript)
    }

    fn page(&self, head: &Head, base: &str, app: &str, data: &str, noscript: &str) -> String {
        let noscript = if noscript.is_empty() { String::new() } else { format!("<noscript>{noscript}</noscript>") };
        let head = write_head(&self.site, &self.frame, head, base);
        let page = self.page.replace("\"assets/", &format!("\"{base}assets/"));
        let language = self.site.language.as_deref().unwrap_or(LANGUAGE);
        let mut html = String::from("<html lang=\"");
        push_text(&mut html, language);
        html.push_str("\" dir=\"");
        html.push_str(direction(language).name());
        html.push('"');
        let page = page.replacen("<html lang=\"en\"", &html, 1);
        // Behind the app's own sheets, which they overrule.
        let page = page.replacen("</head>", &format!("{}</head>", self.sheets(base)), 1);
        let page = cut(&page, "<!--afterword:head-->", "<!--/afterword:head-->", &head);
        // The content comes last: whatever is in it must not be taken for a slot.
        let page = page.replacen("<!--afterword:noscript-->", &noscript, 1);
        let page = page.replacen("<!--afterword:data-->", data, 1);
        page.replacen("<!--afterword:app-->", app, 1)
    }

    fn sheets(&self, base: &str) -> String {
        let mut out = String::new();
        for sheet in &self.style_sheets {
            out.push_str("  <link rel=\"stylesheet\" href=\"");
            push_text(&mut out, base);
            push_text(&mut out, &encode_path_text(sheet));
            out.push_str("\">\n  ");
        }
        out
    }
}

/// The policy under which every page runs: nothing from elsewhere, no inline script or style, and no string that
/// becomes script or markup.
pub(super) fn policy(site: &Site) -> String {
    let mut images = String::new();
    for host in site.image_hosts.iter().filter(|host| is_host(host)) {
        images.push_str(" https://");
        images.push_str(host);
    }
    let server = match &site.back_end {
        BackEnd::Isso(endpoint) => {
            let origin = origin_of(endpoint).filter(|origin| origin.split("://").nth(1).is_some_and(is_host));
            origin.map(|origin| format!(" {origin}")).unwrap_or_default()
        }
        BackEnd::None | BackEnd::ByHand(_) => String::new(),
    };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'{images}; \
         font-src 'self'; media-src 'self'; connect-src 'self'{server}; worker-src 'self'; manifest-src 'self'; base-uri 'none'; \
         form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

/// Whether a word can stand in a policy as a host: a space or a semicolon in it would change the policy.
fn is_host(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '*' | ':'))
}

/// Data for the app. `<` is written as an escape: no text in it can end the element or begin a comment.
fn push_data(out: &mut String, id: &str, fields: Vec<String>) {
    let json = Value::Array(fields.into_iter().map(Value::String).collect()).to_json();
    out.push_str("<script type=\"application/json\" id=\"");
    out.push_str(id);
    out.push_str("\">");
    out.push_str(&json.replace('<', "\\u003c"));
    out.push_str("</script>");
}

/// Replaces everything from one mark to another, the marks as well. A page without them stays as it is.
fn cut(page: &str, from: &str, to: &str, by: &str) -> String {
    let found = page.find(from).and_then(|start| Some((start, page[start..].find(to)? + start + to.len())));
    found.map_or_else(|| page.to_owned(), |(start, end)| format!("{}{by}{}", &page[..start], &page[end..]))
}

#[cfg(test)]
mod tests {
    use super::super::theme::Colours;
    use super::*;

    #[test]
    fn data_cannot_leave_its_element() {
        let mut out = String::new();
        push_data(&mut out, "x", vec!["</script><!--".to_owned()]);
        let json = "[\"\\u003c/script>\\u003c!--\"]";
        assert_eq!(out, format!("<script type=\"application/json\" id=\"x\">{json}</script>"));
    }

    #[test]
    fn a_host_cannot_change_the_policy() {
        let hosts = ["pics.example", "evil; script-src *", "*.more.example"].map(str::to_owned).to_vec();
        let policy = policy(&Site { image_hosts: hosts, ..Site::default() });
        assert!(policy.contains("img-src 'self' https://pics.example https://*.more.example;"), "{policy}");
        assert!(!policy.contains("evil"), "{policy}");
    }

    #[test]
    fn the_policy_lets_the_pages_speak_to_their_back_end_and_nobody_else() {
        let policy_of = |back_end| policy(&Site { back_end, ..Site::default() });
        let isso = policy_of(BackEnd::Isso("https://Talk.example:8443/isso/".to_owned()));
        assert!(isso.contains("connect-src 'self' https://talk.example:8443; worker-src"), "{isso}");
        assert!(policy_of(BackEnd::None).contains("connect-src 'self'; worker-src"));
        let evil = policy_of(BackEnd::Isso("https://a.example; script-src *".to_owned()));
        assert!(evil.contains("connect-src 'self'; worker-src"), "{evil}");
    }

    #[test]
    fn content_is_not_taken_for_a_slot() {
        let page = "<html lang=\"en\"><head><!--afterword:head-->x<!--/afterword:head--></head><!--afterword:app-->\
                    <!--afterword:data-->";
        let colours = Colours { light: "#fff".to_owned(), dark: "#000".to_owned() };
        let template = Template {
            page: page.to_owned(),
            site: Site { title: "<T>".to_owned(), language: Some("he".to_owned()), ..Site::default() },
            frame: Frame { policy: String::new(), icons: Vec::new(), colours },
            style_sheets: vec!["assets/theme.css".to_owned(), "größe.css".to_owned()],
        };
        let head = Head::of_nothing(&template.site);
        let html = template.fill(&head, "./", "<p><!--afterword:data--></head></p>", None);
        assert_eq!(html.matches("afterword-site").count(), 1);
        assert!(html.contains("<title>&lt;T&gt;</title>"));
        assert!(html.starts_with("<html lang=\"he\" dir=\"rtl\">"), "{html}");
        let (head, _) = html.split_once("</head>").unwrap();
        assert!(head.find("theme.css") < head.find("gr%C3%B6%C3%9Fe.css"), "{head}");
    }
}

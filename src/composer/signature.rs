//! How a reader signs: name, e-mail address and website, kept in this browser only if they tick that they want it.

use afterword_core::writing::Writer;

/// Longest part of a signature that is kept, in bytes: no name and no address is longer, and stored text may be anything.
const PART_BYTES_MAX: usize = 1_000;

/// A signature as one string: its three parts, a line each.
fn to_stored(writer: &Writer) -> String {
    let line = |part: &str| part.trim().replace(['\n', '\r'], " ");
    [line(&writer.name), line(&writer.email), line(&writer.website)].join("\n")
}

/// Reads it back; what is missing stays empty.
fn from_stored(text: &str) -> Writer {
    let mut parts =
        text.split('\n').map(|part| if part.len() <= PART_BYTES_MAX { part.to_owned() } else { String::new() });
    let mut part = || parts.next().unwrap_or_default();
    Writer { name: part(), email: part(), website: part() }
}

#[cfg(feature = "browser")]
pub(super) use browser::{Signature, fields};

#[cfg(feature = "browser")]
mod browser {
    use super::super::check::Field;
    use super::super::sheet::Sheet;
    use super::{from_stored, to_stored};
    use crate::platform::prefs;
    use crate::texts::{Key, text};
    use afterword_core::writing::{Asked, Writer};
    use leptos::html::{div, input, label, p, span};
    use leptos::prelude::*;

    /// The name of the stored signature.
    const PREF: &str = "writer";

    /// How the reader signs: the same in all composers of a conversation.
    #[derive(Clone, Copy)]
    pub(in super::super) struct Signature {
        pub(in super::super) writer: RwSignal<Writer>,
        remembered: RwSignal<bool>,
        site: StoredValue<String>,
    }

    impl Signature {
        /// What is remembered for a site, by its address; belongs to the scope that asks.
        pub(in super::super) fn load(site: String) -> Self {
            let stored = prefs::get(&name_of(&site));
            Self {
                remembered: RwSignal::new(stored.is_some()),
                writer: RwSignal::new(stored.as_deref().map(from_stored).unwrap_or_default()),
                site: StoredValue::new(site),
            }
        }

        /// Keeps the signature, or takes it out of the browser again, as the reader wants it now.
        pub(in super::super) fn keep(&self) {
            let name = self.site.with_value(|site| name_of(site));
            if self.remembered.get_untracked() {
                prefs::set(&name, &self.writer.with_untracked(to_stored));
            } else {
                prefs::forget(&name);
            }
        }

        /// Nothing is kept any more.
        pub(in super::super) fn forget(&self) {
            self.remembered.set(false);
            self.writer.set(Writer::default());
        }
    }

    fn name_of(site: &str) -> String {
        format!("{PREF}:{site}")
    }

    /// What is special about one field.
    struct Line {
        field: Field,
        class: &'static str,
        kind: &'static str,
        autocomplete: &'static str,
        name: Key,
        hint: Option<Key>,
        part: fn(&mut Writer) -> &mut String,
    }

    /// The fields that the back end asks for.
    pub(in super::super) fn fields(sheet: Sheet) -> impl IntoView {
        let wanted = sheet.desk.capabilities.get_value();
        let lines = [
            (
                wanted.name,
                Line {
                    field: Field::Name,
                    class: "composer-name",
                    kind: "text",
                    autocomplete: "name",
                    name: Key::ComposeName,
                    hint: None,
                    part: |writer| &mut writer.name,
                },
            ),
            (
                wanted.email,
                Line {
                    field: Field::Email,
                    class: "composer-email",
                    kind: "email",
                    autocomplete: "email",
                    name: Key::ComposeEmail,
                    hint: Some(Key::ComposeEmailHint),
                    part: |writer| &mut writer.email,
                },
            ),
            (
                wanted.website,
                Line {
                    field: Field::Website,
                    class: "composer-website",
                    kind: "url",
                    autocomplete: "url",
                    name: Key::ComposeWebsite,
                    hint: None,
                    part: |writer| &mut writer.website,
                },
            ),
        ];
        let asked: Vec<_> = lines.into_iter().filter(|(asked, _)| *asked != Asked::No).collect();
        (!asked.is_empty()).then(|| {
            let lines = asked.into_iter().map(|(asked, line)| field(sheet, asked, line)).collect_view();
            div().class("composer-signature").child((lines, remember(sheet.desk.signature)))
        })
    }

    fn field(sheet: Sheet, asked: Asked, line: Line) -> impl IntoView {
        let Line { field, class, kind, autocomplete, name, hint, part } = line;
        let (id, problem) = (sheet.id_of(class), sheet.id_of(&format!("{class}-problem")));
        let signature = sheet.desk.signature;
        let hint = hint.into_iter().chain((asked == Asked::Optional).then_some(Key::ComposeOptional));
        let hint = hint.map(text).collect::<Vec<_>>().join(", ");
        let hint = (!hint.is_empty()).then(|| span().class("composer-hint").child(format!(" ({hint})")));
        let wrong = move || sheet.fault(field);
        let typed = move |event: leptos::ev::Event| {
            signature.writer.update(|writer| *part(writer) = event_target_value(&event));
            sheet.mended(field);
        };
        let control = input()
            .r#type(kind)
            .id(id.clone())
            .class(class)
            .attr("autocomplete", autocomplete)
            .attr("enterkeyhint", "next")
            .attr("dir", "auto")
            .aria_required((asked == Asked::Required).then_some("true"))
            .aria_describedby(problem.clone())
            .aria_invalid(move || wrong().is_some().then_some("true"))
            .prop("value", move || signature.writer.with(|writer| part(&mut writer.clone()).clone()))
            .on(leptos::ev::input, typed)
            .on(leptos::ev::change, move |_| signature.keep());
        div().class("composer-field").child((
            label().r#for(id).child((text(name), hint)),
            control,
            p().class("composer-problem").id(problem).child(wrong),
        ))
    }

    fn remember(signature: Signature) -> impl IntoView {
        let changed = move |event: leptos::ev::Event| {
            signature.remembered.set(event_target_checked(&event));
            signature.keep();
        };
        let control = input()
            .r#type("checkbox")
            .class("composer-remember")
            .prop("checked", move || signature.remembered.get())
            .on(leptos::ev::change, changed);
        label().class("composer-remembering").child((control, span().child(text(Key::ComposeRemember))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_comes_back_as_it_was_kept() {
        let writer = Writer { name: " Ann\nLee ".into(), email: "a@b.example".into(), website: String::new() };
        let back = from_stored(&to_stored(&writer));
        assert_eq!(back, Writer { name: "Ann Lee".into(), email: "a@b.example".into(), website: String::new() });
        assert_eq!(from_stored(""), Writer::default());
        assert_eq!(from_stored(&"x".repeat(2_000)), Writer::default());
    }
}

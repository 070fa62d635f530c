//! The ways out of a site without a server: the reader hands the text over.

use super::sending::letter;
use super::sheet::{Phase, Sheet};
use crate::platform::clock::now_timestamp;
use crate::platform::spawn::spawn;
use crate::platform::{clipboard, download};
use crate::texts::{Key, text, with_name};
use crate::ui::notice::press_button;
use afterword_adapters::static_json::{encode_submission, submission_name};
use afterword_core::compose::by_hand::{self, NotThisWay};
use afterword_core::compose::merge::Submission;
use afterword_core::model::{BackEnd, ByHand};
use afterword_core::writing::Letter;
use leptos::html::{a, button, div, p};
use leptos::prelude::*;

/// The type of the file: what JSON Feed asks for.
const FILE_TYPE: &str = "application/feed+json";

/// Makes the address that a way leads to.
type Address = Box<dyn Fn(&Letter) -> Result<String, NotThisWay>>;

fn configured(sheet: Sheet) -> ByHand {
    sheet.desk.back_end.with_value(|back_end| match back_end {
        BackEnd::ByHand(ways) => ways.clone(),
        BackEnd::None | BackEnd::Isso(_) => ByHand::default(),
    })
}

/// The ways that the owner has set up.
pub(super) fn ways(sheet: Sheet) -> impl IntoView {
    let ByHand { mail, link, copy: may_copy, download: may_keep } = configured(sheet);
    let owner = sheet.desk.owner_name().unwrap_or_else(|| text(Key::ComposeByHandOwner).to_owned());
    let mail = mail.map(|to| {
        let address: Address = Box::new(move |letter| by_hand::mail_to(&to, letter));
        way(sheet, text(Key::ComposeMail).to_owned(), "mailto:", address, Key::ComposeHandedMail)
    });
    let link = link.map(|(name, template)| {
        let address: Address = Box::new(move |letter| by_hand::filled_link(&template, letter));
        way(sheet, name, "#", address, Key::ComposeHandedLink)
    });
    let plain = |name: &'static str, key: Key, press: fn(Sheet)| {
        button()
            .r#type("button")
            .class("composer-way")
            .attr("data-way", name)
            .on(leptos::ev::click, move |_| press(sheet))
            .child(text(key))
    };
    div().class("composer-ways").role("group").child((
        p().class("composer-ways-why").child(with_name(Key::ComposeByHand, &owner)),
        mail,
        link,
        may_copy.then(|| plain("copy", Key::ComposeCopy, copy)),
        may_keep.then(|| plain("download", Key::ComposeDownload, keep)),
    ))
}

/// A way that is a link. Its address is made when it is pressed: not with each key.
fn way(sheet: Sheet, name: String, before: &'static str, address: Address, handed: Key) -> impl IntoView {
    let is_mail = handed == Key::ComposeHandedMail;
    let node = NodeRef::<leptos::html::A>::new();
    let pressed = move |event: leptos::ev::MouseEvent| {
        let made = letter(sheet).map(|letter| address(&letter));
        match (made, node.get_untracked()) {
            (Some(Ok(address)), Some(link)) => {
                link.set_href(&address);
                handed_over(sheet, handed);
            }
            (Some(Err(NotThisWay::TooLong | NotThisWay::NoAddress)), _) => {
                event.prevent_default();
                let long = if is_mail { Key::ComposeMailLong } else { Key::ComposeLinkLong };
                sheet.say(text(long).to_owned());
            }
            (Some(Ok(_)), None) | (None, _) => event.prevent_default(),
        }
    };
    a().class("composer-way")
        .href(before)
        .attr("data-way", if is_mail { "mail" } else { "link" })
        .attr("target", (!is_mail).then_some("_blank"))
        .rel("noopener")
        .node_ref(node)
        .on(leptos::ev::click, pressed)
        .child(name)
}

/// The first way that needs no press on a link of its own: what the key for sending does here.
pub(super) fn first(sheet: Sheet) {
    if let Some(form) = sheet.form() {
        crate::platform::panel::press_within(&form, ".composer-way");
    }
}

fn copy(sheet: Sheet) {
    let Some(letter) = letter(sheet) else { return };
    clipboard::copy(&by_hand::to_read(&letter), move |copied| {
        if copied {
            handed_over(sheet, Key::ComposeHandedCopy);
        } else {
            sheet.select_all();
            sheet.say(text(Key::ComposeCopyFailed).to_owned());
        }
    });
}

fn keep(sheet: Sheet) {
    let Some(letter) = letter(sheet) else { return };
    let markup = sheet.desk.capabilities.with_value(|wanted| wanted.markup);
    let Some(submission) = now_timestamp().and_then(|now| Submission::of_letter(&letter, markup, now)) else { return };
    let file = encode_submission(&submission, &letter.place.site);
    if download::offer(&submission_name(&letter.place.post), FILE_TYPE, &file) {
        handed_over(sheet, Key::ComposeHandedDownload);
    }
}

/// As far as we can know, the reader has it now. The draft stays: only they know whether it was sent.
fn handed_over(sheet: Sheet, how: Key) {
    sheet.desk.signature.keep();
    sheet.note.try_set(None);
    sheet.phase.try_set(Phase::Handed(how));
}

/// What is said after that, and the end of the draft.
pub(super) fn handed(sheet: Sheet) -> impl IntoView {
    let done = move || {
        let Some(keeper) = sheet.keeper() else { return };
        spawn(async move {
            keeper.discard().await;
            sheet.desk.conversation.session().say(text(Key::ComposeDraftRemoved));
            sheet.close();
        });
    };
    div().class("composer-handed").role("status").child(move || match sheet.phase.get() {
        Phase::Handed(how) => Some(
            div()
                .class("notice")
                .child((p().child(text(how)), press_button("button composer-done", Key::ComposeDone, Box::new(done)))),
        ),
        Phase::Writing | Phase::Sending => None,
    })
}

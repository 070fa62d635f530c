//! Character references, each compared with html5ever.

use crate::reference::{Step, parsed};
use crate::sanitized;
use afterword_core::body::{Attr, Event, Policy};

/// All names that `docs/html.md` promises.
const NAMES: &str = "\
    Aacute aacute Acirc acirc acute AElig aelig Agrave agrave alefsym Alpha alpha AMP amp and ang apos Aring \
    aring asymp Atilde atilde Auml auml bdquo Beta beta brvbar bsol bull cap Ccedil ccedil cedil cent check Chi \
    chi circ clubs colon commat cong COPY copy crarr cup curren Dagger dagger dArr darr deg Delta delta diams \
    divide dollar Eacute eacute Ecirc ecirc Egrave egrave empty emsp ensp Epsilon epsilon equals equiv Eta eta \
    ETH eth Euml euml euro excl exist fnof forall frac12 frac14 frac34 frasl Gamma gamma ge grave GT gt hArr \
    harr hearts hellip Iacute iacute Icirc icirc iexcl Igrave igrave image infin int Iota iota iquest isin Iuml \
    iuml Kappa kappa Lambda lambda lang laquo lArr larr lbrack lceil ldquo le lfloor lowast lowbar loz lpar lrm \
    lsaquo lsquo LT lt macr mdash micro middot minus Mu mu nabla nbsp ndash ne NewLine ni not notin nsub Ntilde \
    ntilde Nu nu num Oacute oacute Ocirc ocirc OElig oelig Ograve ograve oline Omega omega Omicron omicron oplus \
    or ordf ordm Oslash oslash Otilde otilde otimes Ouml ouml para part percnt period permil perp Phi phi Pi pi \
    piv plus plusmn pound Prime prime prod prop Psi psi quest QUOT quot radic rang raquo rArr rarr rbrack rceil \
    rdquo real REG reg rfloor Rho rho rlm rpar rsaquo rsquo sbquo Scaron scaron sdot sect shy Sigma sigma sigmaf \
    sim sol spades sub sube sum sup sup1 sup2 sup3 supe szlig Tab Tau tau there4 Theta theta thetasym thinsp \
    THORN thorn tilde times trade Uacute uacute uArr uarr Ucirc ucirc Ugrave ugrave uml upsih Upsilon upsilon \
    Uuml uuml verbar weierp Xi xi Yacute yacute yen Yuml yuml Zeta zeta zwj zwnj";

/// In a text and in an attribute, with letters on both sides.
fn check(reference: &str) {
    let html = format!("<abbr title=\"a{reference}b\">c{reference}d</abbr>");
    let [Step::Open(_, attrs), Step::Text(expected), _] = &parsed(&html)[..] else { panic!("{html:?}") };
    let body = sanitized(&html, &Policy::comment());
    let mut found = (None, None);
    for event in body.events() {
        match event {
            Event::Open(element) => found.0 = element.attr(Attr::Title),
            Event::Text(text) => found.1 = Some(text),
            Event::Close(_) => {}
        }
    }
    // A carriage return is the one character that could not be written again, so it becomes a line feed.
    let (title, text) = (attrs[0].1.replace('\r', "\n"), expected.replace('\r', "\n"));
    assert_eq!(found, (Some(title.as_str()), Some(text.as_str())), "{reference}");
}

#[test]
fn names_mean_what_they_mean_to_browsers() {
    for name in NAMES.split_ascii_whitespace() {
        check(&format!("&{name};"));
        // The oldest ones without a semicolon, too.
        check(&format!("&{name} "));
        check(&format!("&{name}="));
    }
    assert_eq!(NAMES.split_ascii_whitespace().count(), 281);
}

#[test]
fn numbers_mean_what_they_mean_to_browsers() {
    for code in (0..0x120).chain([0xd7ff, 0xd800, 0xdfff, 0xe000, 0xfeff, 0xfffe, 0xffff, 0x10ffff, 0x110000, u32::MAX])
    {
        check(&format!("&#{code};"));
        check(&format!("&#x{code:X} "));
    }
}

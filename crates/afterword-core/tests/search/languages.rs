//! The same search in many languages.

use super::check;

#[test]
fn german() {
    let bodies = ["Die Füße tun weh, große Schmerzen", "Fuesse", "GROSSE ÜBUNG", "„Rolle“ – ja"];
    check("füsse", &bodies, &[0]);
    check("fusse", &bodies, &[0]);
    check("große", &bodies, &[0, 2]);
    check("ubung", &bodies, &[2]);
    check("\"rolle\" -", &bodies, &[3]);
}

#[test]
fn french() {
    let bodies = ["Ça va, l’été à Noël", "un œuf, des bœufs", "c'est fini"];
    check("ca ete noel", &bodies, &[0]);
    check("l'ete", &bodies, &[0]);
    check("oeuf", &bodies, &[1]);
    check("BŒUF", &bodies, &[1]);
    check("c’est", &bodies, &[2]);
    check("« ça va »", &bodies, &[0]);
}

#[test]
fn vietnamese() {
    let bodies = ["Đau đầu gối, tập giãn cơ", "Nguyễn Văn Ê"];
    check("dau dau goi", &bodies, &[0]);
    check("giãn", &bodies, &[0]);
    check("gia\u{303}n", &bodies, &[0]);
    check("nguyen", &bodies, &[1]);
}

#[test]
fn greek() {
    let bodies = ["Πονάει το γόνατο", "ΓΟΝΑΤΟ", "ὁ λόγος", "σοφός"];
    check("γονατο", &bodies, &[0, 1]);
    check("ΛΌΓΟΣ", &bodies, &[2]);
    check("σοφοσ", &bodies, &[3]);
}

#[test]
fn russian() {
    let bodies = ["Ёжик ещё болит", "ЕЖИК", "мой йод", "мои", "Це її"];
    check("ежик", &bodies, &[0, 1]);
    check("ещё", &bodies, &[0]);
    check("мой", &bodies, &[2]);
    check("мои\u{306}", &bodies, &[2]);
    check("мои", &bodies, &[3]);
    check("її", &bodies, &[4]);
}

#[test]
fn japanese() {
    let bodies = ["膝が痛いときはストレッチ", "ｽﾄﾚｯﾁ！", "ＡＢＣ　リハビリ", "かき", "かぎ"];
    check("膝が痛い", &bodies, &[0]);
    check("ストレッチ", &bodies, &[0, 1]);
    check("abc　リハ", &bodies, &[2]);
    check("かき", &bodies, &[3]);
    check("「", &bodies, &[]);
}

#[test]
fn chinese_and_korean() {
    let bodies = ["膝盖疼，可以用泡沫轴。", "泡沫", "무릎이 아파요", "\u{1106}\u{116e}\u{1105}\u{1173}\u{11c1}"];
    check("泡沫轴", &bodies, &[0]);
    check("泡沫", &bodies, &[0, 1]);
    check("膝盖 泡沫", &bodies, &[0]);
    check("“泡沫轴”", &bodies, &[0]);
    check("무릎", &bodies, &[2, 3]);
}

#[test]
fn arabic_persian_and_hebrew() {
    let bodies = ["أَلَمُ الرُّكْبَة", "الم الركبه", "می\u{200c}خواهم کتاب", "שָׁלוֹם מצה״ל", "צה\"ל"];
    check("ألم", &bodies, &[0, 1]);
    check("الـركبة", &bodies, &[0, 1]);
    check("میخواهم", &bodies, &[2]);
    check("كتاب", &bodies, &[2]);
    check("שלום", &bodies, &[3]);
    check("צה\"ל", &bodies, &[3, 4]);
    check("\"שלום מצה\"ל\"", &bodies, &[3]);
}

#[test]
fn hindi_and_thai() {
    let bodies = ["घुटने में दर्द, ज़रूर", "\u{91c}\u{930}\u{942}\u{930}", "ปวดเข่า"];
    check("दर्द", &bodies, &[0]);
    check("\u{95b}रूर", &bodies, &[0, 1]);
    check("เข่า", &bodies, &[2]);
}

#[test]
fn emoji() {
    let bodies = ["thanks ❤️", "❤ too", "👩‍💻 👍🏽", "x"];
    check("❤", &bodies, &[0, 1]);
    check("❤️", &bodies, &[0, 1]);
    check("👍", &bodies, &[2]);
    check("👩‍💻", &bodies, &[2]);
}

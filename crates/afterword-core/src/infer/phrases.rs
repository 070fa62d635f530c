//! Words that tell what a sentence does, in the languages that are easy to tell. All are folded: lower case, without
//! accents and apostrophes. What is missing here costs a link, never a wrong one.

/// What people say before the name of whom they talk to.
pub(super) const OPENERS: &[&str] = &[
    // English
    "hi", "hello", "hey", "hiya", "howdy", "dear", "yes", "yep", "yeah", "no", "nope", "oh", "ah", "aha", "haha",
    "ha", "well", "ok", "okay", "sure", "right", "true", "exactly", "agreed", "indeed", "absolutely", "welcome",
    "cheers", "congratulations", "congrats", "sorry", "please", "wow", "oops", "whoops", "to", "re", "thanks",
    "thank you", "many thanks", "thanks so much", "thank you so much", "thanks a lot", "good point", "good idea",
    "good question", "good luck", "good morning", "good evening", "good night", "great idea", "great point",
    "great question", "nice one", "well said", "well done", "me too", "same here", "youre welcome", "you are right",
    "youre right", "thx",
    // German
    "hallo", "liebe", "lieber", "moin", "servus", "gruezi", "guten morgen", "guten tag", "guten abend", "danke",
    "vielen dank", "danke dir", "herzlichen dank", "ja", "nein", "doch", "genau", "stimmt", "ach", "gute idee",
    "gute frage", "bitte", "an",
    // Spanish, Portuguese
    "hola", "querida", "querido", "estimada", "estimado", "gracias", "muchas gracias", "mil gracias", "si",
    "buenos dias", "buenas tardes", "ola", "obrigado", "obrigada", "muito obrigado", "muito obrigada", "cara", "caro",
    "sim", "nao",
    // French, Italian
    "bonjour", "salut", "coucou", "bonsoir", "chere", "cher", "merci", "merci beaucoup", "oui", "non", "ciao",
    "salve", "buongiorno", "grazie", "grazie mille", "bravo", "brava",
    // Dutch, Polish, Swedish
    "beste", "lieve", "bedankt", "dank je", "czesc", "dzieki", "dziekuje", "droga", "drogi", "hej", "tack", "kara",
];

/// Which of them thank, so that what for may follow the name.
pub(super) const THANKS: &[&str] = &[
    "thanks", "thank you", "many thanks", "thanks so much", "thank you so much", "thanks a lot", "thx", "danke",
    "vielen dank", "danke dir", "gracias", "muchas gracias", "obrigado", "obrigada", "merci", "merci beaucoup",
    "grazie", "bedankt",
];

/// What follows the name of somebody who is thanked.
pub(super) const FOR: &[&str] =
    &["for", "fur", "por", "para", "pour", "per", "voor", "i", "that", "this", "ich", "das"];

/// What comes before the name of somebody whose words are taken up.
pub(super) const WITH: &[&str] = &[
    "i agree with", "agree with", "agreed with", "i am with", "im with", "i side with", "ich bin bei",
    "de acuerdo con", "estoy de acuerdo con", "daccord avec", "je suis daccord avec", "daccordo con",
    "sono daccordo con", "concordo com",
];

/// "As Ann said": what comes before such a name.
pub(super) const AS: &[&str] = &[
    "as", "like", "wie", "como", "comme", "come",
];

/// What follows the name of somebody whose words are taken up.
pub(super) const SAYS: &[&str] = &[
    "says", "said", "wrote", "writes", "asks", "asked", "mentioned", "mentions", "suggests", "suggested", "thinks",
    "sagt", "sagte", "schreibt", "schrieb", "fragt", "fragte", "meint", "meinte", "dice", "dijo", "escribe",
    "escribio", "pregunta", "pregunto", "disse", "escreveu", "perguntou", "dit", "ecrit", "demande", "ha scritto",
    "ha detto", "scrive", "chiede", "schreef", "zegt", "pisze", "napisal", "napisala", "is right", "was right",
    "has a point", "hat recht", "tiene razon", "a raison", "ha ragione", "tem razao", "heeft gelijk", "ma racje",
];

/// Behind such a word somebody is talked about: "Ann wrote to me".
pub(super) const TALKED_ABOUT: &[&str] = &[
    "to", "me", "mir", "in", "a", "somewhere", "once",
];

/// What begins a correction of one's own comment.
pub(super) const CORRECTIONS: &[&str] = &[
    "correction", "oops", "ooops", "whoops", "edit", "edited", "erratum", "errata", "typo", "i meant",
    "i mean to say", "sorry i meant", "sorry typo", "that should be", "that should read", "that should have been",
    "should read", "make that", "scratch that", "korrektur", "berichtigung", "nachtrag", "hoppla", "ups",
    "tippfehler", "ich meinte", "sollte heissen", "es sollte heissen", "das sollte heissen", "correccion",
    "fe de erratas", "quise decir", "queria decir", "perdon quise decir", "perdon queria decir", "correcao",
    "quis dizer", "queria dizer", "oups", "rectification", "je voulais dire", "pardon je voulais dire", "correzione",
    "ops", "volevo dire", "intendevo", "scusate volevo dire", "correctie", "oeps", "ik bedoelde", "poprawka",
    "mialo byc", "rattelse", "訂正", "訂正です", "間違えました", "すみません訂正です",
];

/// Says that somebody is spoken to.
pub(super) const YOU: &[&str] = &[
    "you", "your", "yours", "youre", "youve", "youll", "du", "dir", "dich", "dein", "deine", "deinen", "deinem",
    "ihr", "euch", "euer", "eure", "tu", "te", "ti", "tus", "contigo", "usted", "ustedes", "vos", "toi", "ton", "ta",
    "tes", "vous", "votre", "tuo", "tua", "voi", "voce", "je", "jij", "jouw",
];

/// Behind a comma after a name they show that it was one of several, or that somebody is talked about.
pub(super) const AND: &[&str] = &[
    "and", "und", "y", "e", "et", "o", "or", "oder", "ou", "en", "plus", "i",
];

/// A clause after the name that tells who that is.
pub(super) const WHO: &[&str] = &[
    "who", "whose", "whom", "quien", "cuyo", "qui", "dont",
];

/// Verbs of a sentence about somebody, after a name and something between commas: "Will, however, is free".
pub(super) const ABOUT: &[&str] = &[
    "is", "was", "has", "had", "says", "said", "wrote", "does", "did", "can", "could", "would", "will", "ist", "war",
    "hat", "hatte", "kann", "es", "era", "tiene", "tenia", "est", "etait", "avait", "aveva",
];

/// Before a name between commas they show that it explains who was meant: "my brother, Tom,".
pub(super) const KIN: &[&str] = &[
    "my", "our", "his", "her", "their", "a", "an", "the", "called", "named", "mein", "meine", "meinem", "meinen",
    "meiner", "unser", "unsere", "unserem", "sein", "seine", "ihre", "der", "die", "das", "ein", "eine", "namens",
    "mi", "mis", "tu", "su", "sus", "el", "la", "los", "las", "un", "una", "mon", "ma", "mes", "son", "sa", "le",
    "les", "une", "notre", "mio", "mia", "il", "suo", "sua", "uno", "meu", "minha", "o", "mijn", "onze", "een", "de",
    "het",
];

/// How a clause goes on after somebody was spoken to in its middle: "in March, Hal, so come back".
pub(super) const GOES_ON: &[&str] = &[
    "i", "you", "we", "it", "its", "they", "he", "she", "that", "this", "there", "so", "but", "if", "when", "because",
    "please", "dont", "do", "try", "my", "your", "what", "how", "where", "why", "have", "are", "is", "ich", "du",
    "wir", "ihr", "man", "es", "das", "aber", "wenn", "weil", "bitte", "wie", "was", "wo", "yo", "nosotros", "pero",
    "que", "como", "si", "je", "nous", "vous", "mais", "quand", "io", "noi", "ma", "se", "quando", "perche",
];

/// Forms of address that are no name by themselves.
pub(super) const TITLES: &[&str] = &[
    "dr", "mr", "mrs", "ms", "miss", "prof", "professor", "sir", "lady", "lord", "saint", "st", "captain", "frau",
    "herr", "oma", "opa", "tante", "onkel", "aunt", "auntie", "uncle", "grandma", "grandpa", "granny", "mother",
    "father", "señor", "senor", "senora", "don", "dona", "tia", "tio", "mme", "madame", "monsieur", "the", "el", "la",
    "los", "las", "le", "les", "il", "lo", "der", "die", "das", "a", "an", "big", "little", "old", "young", "mad",
    "my", "not", "just", "one", "van", "von", "de", "da", "di", "du",
];

/// Names that many people have or nobody.
pub(super) const NOBODY: &[&str] = &[
    "anonymous", "anon", "anonym", "anonyme", "anonimo", "anonima", "anonymus", "anoniem", "guest", "gast",
    "invitado", "invite", "ospite", "visitor", "visitante", "unknown", "unbekannt", "somebody", "someone", "nobody",
    "user", "reader", "匿名", "名無し", "名無しさん", "ゲスト",
];

/// Names that are words as well. They count only where something else shows that somebody is spoken to.
pub(super) const WORD_NAMES: &[&str] = &[
    "will", "mark", "rose", "hope", "grace", "joy", "faith", "may", "june", "april", "august", "summer", "autumn",
    "dawn", "bill", "frank", "art", "chase", "chance", "chuck", "cliff", "dale", "dean", "drew", "earl", "gene",
    "glen", "grant", "guy", "hunter", "ivy", "iris", "jewel", "lance", "lily", "love", "melody", "miles", "nick",
    "norm", "olive", "pat", "patience", "pearl", "penny", "peg", "ray", "reed", "rich", "rob", "robin", "rock", "rod",
    "ruby", "rusty", "sandy", "sue", "skip", "star", "sterling", "storm", "sunny", "trip", "violet", "ward", "wren",
    "victor", "merry", "mercy", "prudence", "harmony", "heather", "hazel", "holly", "ginger", "amber", "angel",
    "brook", "brooke", "carol", "charity", "christian", "clay", "colt", "crystal", "daisy", "fern", "flora", "gale",
    "happy", "honey", "basil", "sage", "river", "sky", "forest", "wind", "sun", "moon", "snow", "rain", "baker",
    "cook", "gardener", "sailor", "ernst", "wolf", "sonne", "fleur", "claire", "aime", "marine", "blanche", "luz",
    "sol", "mar", "paz", "alma", "blanca", "rosa", "consuelo", "esperanza", "pilar", "mercedes", "dolores", "gloria",
    "victoria", "viola", "perla", "stella", "serena",
];

/// Long words that are everywhere, so that sharing one says nothing.
pub(super) const COMMON: &[&str] = &[
    "about", "above", "after", "again", "against", "almost", "alone", "along", "already", "although", "always",
    "among", "another", "anybody", "anyone", "anything", "around", "because", "become", "before", "began", "being",
    "believe", "below", "better", "between", "cannot", "comment", "comments", "could", "didnt", "different", "doesnt",
    "doing", "during", "either", "enough", "every", "everybody", "everyone", "everything", "exactly", "first",
    "found", "getting", "going", "great", "havent", "having", "however", "inside", "instead", "itself", "later",
    "least", "little", "looking", "maybe", "might", "mostly", "myself", "never", "nobody", "nothing", "often",
    "other", "others", "people", "perhaps", "please", "pretty", "probably", "quite", "rather", "really", "right",
    "second", "several", "should", "since", "somebody", "someone", "something", "sometimes", "still", "thank",
    "thanks", "their", "there", "these", "thing", "things", "think", "third", "those", "though", "thought", "three",
    "through", "times", "today", "together", "tomorrow", "towards", "under", "until", "using", "usually", "wasnt",
    "where", "whether", "which", "while", "whole", "without", "wonderful", "would", "write", "writes", "wrote",
    "years", "yesterday", "yours", "lovely", "happy", "sorry", "aber", "alles", "allem", "andere", "anderen", "diese",
    "diesem", "diesen", "dieser", "dieses", "doch", "einem", "einen", "einer", "einfach", "etwas", "haben", "hatte",
    "immer", "jetzt", "kannst", "keine", "koennen", "konnen", "machen", "meine", "meinen", "nicht", "nichts",
    "nochmal", "oder", "schon", "selbst", "sicher", "ubrigens", "unsere", "vielen", "vielleicht", "wenig", "werden",
    "wieder", "wirklich", "wurde", "algo", "ahora", "antes", "aunque", "cuando", "desde", "donde", "entonces",
    "hasta", "mucho", "mucha", "muchas", "nunca", "porque", "puede", "siempre", "tambien", "tengo", "tiene", "todos",
    "alors", "apres", "aussi", "autre", "avant", "avoir", "beaucoup", "comme", "depuis", "encore", "etait", "etre",
    "faire", "jamais", "meme", "parce", "peutetre", "plutot", "quand", "quelque", "toujours", "toute", "tres",
    "allora", "anche", "ancora", "avere", "come", "dopo", "essere", "molto", "perche", "prima", "proprio", "quando",
    "quella", "quello", "questa", "questo", "sempre", "stato", "tutti", "tutto",
];

/// What Japanese and Korean put behind the name of somebody they talk to.
pub(super) const HONORIFICS: &[&str] = &[
    "さん", "さま", "様", "ちゃん", "くん", "君", "氏", "先生", "님", "씨",
];

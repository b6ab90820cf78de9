//! Words that say little about which activity is meant, in the languages people ask in: English,
//! French, German, Spanish, Italian, Polish. Folded as [`super::fold`] folds, sorted.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::fold::Fnv;

/// What kind of word a word is, whatever the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Holds a sentence together, or asks who is responsible.
    Filler,
    /// The same in another language than English, where the same letters may begin a word.
    ForeignFiller,
    /// Belongs to the chat around a question; an activity's name may hold it (`jobs`).
    Chat,
    /// So common in any responsibility matrix that it says little, however rare it is in this one.
    Weak,
    /// Any other word.
    Plain,
}

impl Kind {
    /// The kind of a folded word.
    pub(super) fn of(word: &str) -> Self {
        if word.len() > LONGEST + 1 {
            return Self::Plain;
        }
        if let Some(&kind) = KINDS.get(word) {
            return kind;
        }
        let singular = word.strip_suffix('s').filter(|rest| rest.len() > 2);
        match singular.and_then(|singular| KINDS.get(singular)) {
            Some(&kind) if !kind.is_filler() => kind,
            _ => Self::Plain,
        }
    }

    /// Whether the word weighs nothing.
    pub(super) fn is_filler(self) -> bool {
        matches!(self, Self::Filler | Self::ForeignFiller)
    }
}

/// Whether a word weighs nothing.
pub(super) fn is_filler(word: &str) -> bool {
    Kind::of(word).is_filler()
}

/// No listed word is longer, in bytes.
const LONGEST: usize = 16;

/// The kinds of all listed words.
static KINDS: LazyLock<HashMap<&str, Kind, BuildHasherDefault<Fnv>>> = LazyLock::new(|| {
    let lists = [
        (FILLER, Kind::Filler),
        (FOREIGN, Kind::ForeignFiller),
        (CHAT, Kind::Chat),
        (WEAK, Kind::Weak),
    ];
    lists.iter().flat_map(|(list, kind)| list.iter().map(|&word| (word, *kind))).collect()
});

/// Function words, question words, greetings, and the words for RACI's own letters.
#[rustfmt::skip]
const FILLER: &[&str] = &[
    "a", "about", "accountability", "accountable", "actually", "afaik", "after", "again",
    "aint", "all", "also", "am", "an", "and", "any", "anybody", "anymore", "anyone", "anything",
    "anyways", "apparently", "are", "aren", "arent", "as", "assigned", "aswell", "at",
    "basically", "be", "been", "before", "being", "both", "btw", "but", "by", "can", "cannot",
    "cant", "charge", "cheers", "consulted", "cos", "could", "couldn", "couldnt", "coz",
    "currently", "cuz", "de", "definitely", "did", "didn", "didnt", "do", "does", "doesn",
    "doesnt", "doing", "don", "done", "dont", "dunno", "duties", "duty", "each", "eg", "either",
    "else", "especially", "etc", "even", "ever", "every", "everybody", "everyone", "everything",
    "exactly", "few", "ffs", "for", "from", "fyi", "gee", "generally", "get", "gets", "getting",
    "gimme", "give", "gives", "go", "goes", "going", "gone", "got", "guys", "had", "hadnt",
    "hafta", "has", "hasn", "hasnt", "have", "haven", "havent", "having", "he", "hello", "help",
    "hence", "her", "here", "hers", "hey", "heya", "hi", "him", "his", "hiya", "hmm", "hmmm",
    "honestly", "how", "however", "hullo", "i", "ie", "if", "iirc", "im", "imho", "immediately",
    "imo", "in", "indeed", "inform", "informed", "into", "is", "isn", "isnt", "it", "its",
    "itself", "ive", "just", "kinda", "kindly", "know", "known", "knows", "lemme", "let",
    "lets", "like", "literally", "ll", "lol", "look", "looking", "looks", "m", "made", "make",
    "makes", "many", "may", "maybe", "me", "mean", "means", "meanwhile", "might", "mine",
    "more", "most", "much", "must", "my", "myself", "nah", "near", "need", "needed", "needs",
    "neither", "never", "no", "nobody", "none", "nope", "nor", "normally", "not", "nothing",
    "now", "obviously", "of", "off", "oh", "ok", "okay", "omg", "on", "once", "one", "ones",
    "only", "onto", "oops", "or", "other", "others", "otherwise", "our", "ours", "out", "over",
    "own", "owned", "owner", "owners", "owns", "per", "perhaps", "please", "pls", "plz", "ppl",
    "presumably", "probably", "quickly", "quite", "raci", "rather", "re", "really",
    "responsable", "responsibilities", "responsibility", "responsible", "right", "role",
    "roles", "s", "same", "say", "saying", "says", "see", "seen", "seriously", "shall", "she",
    "should", "shouldn", "shouldnt", "simply", "since", "so", "some", "somebody", "somehow",
    "someone", "something", "sometimes", "somewhere", "soon", "sort", "sorta", "still", "such",
    "sure", "t", "ta", "take", "takes", "tell", "tells", "than", "thank", "thanks", "that",
    "thats", "the", "their", "theirs", "them", "themselves", "then", "there", "therefore",
    "theres", "these", "they", "theyre", "thing", "things", "think", "this", "tho", "those",
    "though", "through", "thru", "thus", "thx", "til", "till", "to", "today", "together", "too",
    "u", "ugh", "uh", "um", "under", "unless", "until", "up", "upon", "ur", "us", "use", "uses",
    "usually", "ve", "very", "via", "wanna", "want", "wanted", "wants", "was", "wasn", "wasnt",
    "way", "we", "well", "were", "weren", "werent", "what", "whatever", "whats", "when",
    "whenever", "where", "wheres", "wherever", "whether", "which", "while", "who", "whoever",
    "whole", "whom", "whos", "whose", "why", "will", "with", "within", "without", "won", "wont",
    "would", "wouldn", "wouldnt", "wtf", "ya", "yea", "yeah", "yep", "yes", "yet", "you",
    "your", "youre", "yours", "yup",
];

/// The same in French, German, Spanish, Italian and Polish.
#[rustfmt::skip]
const FOREIGN: &[&str] = &[
    "aber", "ad", "agli", "ai", "al", "ale", "algo", "alguien", "alguna", "alguno", "algunos",
    "alla", "alle", "alors", "als", "anche", "au", "auch", "aucun", "auf", "aus", "aussi",
    "autre", "aux", "avec", "avoir", "bei", "beim", "bin", "bis", "bitte", "bo", "bonjour",
    "byc", "c", "ce", "ceci", "cela", "celle", "celui", "ces", "cet", "cette", "ceux", "chaque",
    "che", "chez", "chi", "ci", "ciao", "co", "comment", "como", "con", "cosa", "cual",
    "cuales", "cuando", "cui", "czy", "d", "da", "dai", "dal", "dalla", "dalle", "damit",
    "danke", "dans", "das", "dass", "dei", "dein", "del", "della", "delle", "dem", "den",
    "denn", "der", "des", "desde", "di", "dich", "die", "dies", "diese", "diesem", "diesen",
    "dieser", "dieses", "dir", "dla", "doch", "dois", "doit", "doivent", "donde", "dove", "du",
    "durch", "e", "ed", "ein", "eine", "einem", "einen", "einer", "eines", "el", "ella",
    "ellas", "elle", "elles", "ellos", "en", "encarga", "entre", "er", "era", "es", "esa",
    "ese", "eso", "essere", "est", "esta", "estan", "estar", "estas", "este", "esto", "estos",
    "et", "etre", "eu", "euch", "euer", "fa", "faire", "fait", "fare", "faut", "font", "fue",
    "fur", "gdzie", "gere", "gibt", "gli", "gracias", "grazie", "ha", "habe", "haben", "hace",
    "hacer", "hallo", "hanno", "hat", "hay", "hier", "hola", "ich", "ihm", "ihn", "ihnen",
    "ihr", "ihre", "il", "ils", "ins", "io", "ist", "j", "ja", "jak", "jaki", "jakie", "je",
    "jede", "jeder", "jemand", "jest", "jestem", "kann", "kein", "keine", "kiedy", "konnen",
    "kto", "ktora", "ktore", "ktory", "kummert", "l", "la", "las", "le", "les", "leur", "leurs",
    "lo", "loro", "los", "lui", "ma", "macht", "mais", "maja", "mam", "man", "mas", "mein",
    "meine", "merci", "mes", "mi", "mia", "mich", "mio", "mir", "mis", "mit", "mnie", "moi",
    "moj", "mon", "moze", "muss", "mussen", "muy", "n", "na", "nach", "nam", "nas", "nasz",
    "nasza", "nasze", "ne", "nei", "nel", "nella", "nelle", "ni", "nicht", "nie", "noch", "noi",
    "non", "nos", "nosotros", "nostra", "nostro", "notre", "nous", "nuestra", "nuestro", "nur",
    "o", "ob", "occupa", "occupe", "od", "oder", "odpowiada", "odpowiedzialny", "ogni", "ohne",
    "ont", "oraz", "ou", "par", "para", "pas", "perche", "pero", "peut", "peuvent", "piu",
    "plus", "po", "por", "porque", "pour", "pourquoi", "prosze", "przez", "przy", "puede",
    "pueden", "puo", "qu", "qual", "quale", "quali", "quand", "quando", "que", "quel", "quelle",
    "quelles", "quello", "quels", "questa", "queste", "questi", "questo", "qui", "quien",
    "quienes", "quoi", "responsables", "sa", "salut", "sans", "se", "sei", "sein", "seine",
    "ser", "sera", "ses", "si", "sich", "sie", "sin", "sind", "sobre", "soll", "sollte", "son",
    "sono", "sont", "su", "sua", "sue", "sugli", "sui", "sul", "sulla", "suo", "sur", "sus",
    "svp", "tak", "tal", "tam", "tambien", "te", "tego", "tej", "ten", "tes", "ti", "tiene",
    "tienen", "todo", "todos", "toi", "ton", "tous", "tout", "toute", "toutes", "tra", "tu",
    "tua", "tuo", "tus", "tutti", "tutto", "tym", "uber", "un", "una", "und", "une", "uno",
    "unos", "uns", "unser", "unsere", "usted", "verantwortlich", "verantwortung", "vers", "vi",
    "voi", "vom", "von", "vor", "vos", "vostro", "votre", "vous", "w", "wann", "warum", "weil",
    "weiss", "welche", "welcher", "welches", "wem", "wen", "wenn", "wer", "werden", "wessen",
    "wie", "wir", "wird", "wo", "y", "yo", "z", "za", "zajmuje", "ze", "zu", "zum", "zur",
    "zustandig", "zustandigkeit",
];

/// Words of small talk around a question, and those for either side of a contract.
#[rustfmt::skip]
const CHAT: &[&str] = &[
    "activities", "activity", "afternoon", "ago", "ahead", "alone", "already", "always",
    "angry", "answer", "answers", "anyhow", "apologies", "around", "ask", "asked", "asking",
    "asks", "awake", "away", "awesome", "awful", "become", "behind", "big", "bit", "blame",
    "blamed", "blames", "boss", "bother", "brilliant", "bring", "brings", "broke", "busy",
    "call", "called", "came", "careful", "cause", "chat", "check", "checks", "chief", "clearly",
    "client", "clients", "column", "come", "comes", "coming", "complain", "complains",
    "confused", "confusing", "cool", "couple", "crap", "crazy", "curious", "customer",
    "customers", "damn", "deal", "deals", "dear", "decide", "decides", "dumb", "early", "easy",
    "enough", "evening", "everyday", "everywhere", "expects", "explain", "fault", "feel",
    "feels", "felt", "find", "finds", "folk", "folks", "fool", "forgot", "forgotten", "found",
    "freaking", "friday", "fuck", "fucked", "fucking", "funny", "glad", "gonna", "gotta",
    "great", "grr", "guess", "guy", "haha", "half", "happen", "happened", "happening",
    "happens", "hard", "hate", "hear", "heard", "heck", "hell", "hopefully", "hoster", "huge",
    "hurry", "idea", "important", "instead", "interested", "issue", "issues", "item", "items",
    "job", "jobs", "keeps", "kind", "late", "later", "latest", "laugh", "lead", "left",
    "likely", "little", "long", "lot", "lots", "mad", "mates", "matrix", "matter", "meant",
    "mentioned", "mess", "messed", "midnight", "mind", "minute", "minutes", "moment", "monday",
    "month", "months", "morning", "nasty", "next", "nice", "night", "noted", "noticed", "odd",
    "old", "opinion", "particular", "people", "person", "place", "plain", "pleasure",
    "pointing", "poor", "possible", "pretty", "problem", "problems", "provider", "providers",
    "question", "questions", "quick", "rant", "ready", "reason", "regarding", "regards",
    "remember", "report", "rid", "row", "sad", "said", "saturday", "saw", "scared", "sec",
    "second", "section", "sections", "serious", "several", "show", "side", "simple", "sir",
    "situation", "somewhat", "sorry", "start", "started", "starts", "struggling", "stuff",
    "stupid", "suddenly", "suggest", "suggested", "sunday", "supplier", "suppliers", "suppose",
    "supposed", "supposedly", "talk", "talking", "task", "tasks", "teammate", "tech", "techie",
    "techs", "terrible", "thought", "thoughts", "thursday", "time", "times", "tired", "told",
    "tomorrow", "tonight", "topic", "totally", "toward", "towards", "tried", "trouble", "true",
    "truth", "try", "trying", "tuesday", "turn", "twice", "ugly", "unclear", "understand",
    "unhappy", "unsure", "upset", "urgent", "used", "useful", "useless", "using", "vendor",
    "vendors", "wait", "waits", "wake", "wakes", "wednesday", "week", "weekend", "weird",
    "went", "whatsoever", "whichever", "wonder", "wondering", "work", "working", "works",
    "worried", "worry", "worse", "worst", "wrong", "wrote", "year", "years", "yesterday",
];

/// Verbs and nouns of every responsibility matrix.
#[rustfmt::skip]
const WEAK: &[&str] = &[
    "administrate", "administrating", "apply", "assure", "assures", "betreibt", "betrieb",
    "carry", "conduct", "coordinate", "dienst", "ensure", "ensured", "ensures", "ensuring",
    "execute", "follow", "following", "fournir", "garantie", "garantir", "gerent", "gerer",
    "gestion", "gestiona", "gestionar", "gestione", "gestire", "gestisce", "guarantee",
    "guaranteed", "guarantees", "handle", "handled", "handles", "handling", "implement",
    "maintain", "maintained", "maintaining", "maintains", "manage", "managed", "management",
    "manages", "managing", "offer", "offering", "offers", "operate", "operation", "operational",
    "operations", "organise", "organises", "organize", "organizes", "oversee", "oversees",
    "perform", "performed", "performing", "performs", "plan", "planning", "procedure",
    "procedures", "process", "processes", "provide", "provided", "provides", "realise",
    "realize", "request", "requests", "running", "service", "services", "servicio", "servicios",
    "servizio", "set", "setup", "support", "supporting", "system", "systems", "team", "teams",
    "verwalten", "verwaltet", "verwaltung",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_folded_and_apart() {
        let lists = [FILLER, FOREIGN, CHAT, WEAK];
        for list in lists {
            assert!(list.is_sorted_by(|a, b| a < b));
            assert!(list.iter().all(|word| word.len() <= LONGEST));
            assert!(list.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase())));
        }
        for (i, list) in lists.iter().enumerate() {
            for later in &lists[i + 1..] {
                assert!(!list.iter().any(|word| later.contains(word)));
            }
        }
    }
}

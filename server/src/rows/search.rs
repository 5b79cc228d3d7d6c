//! Text as it is searched: whoever looks for "stirbu" finds "Știrbu".

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::model::PatientMark;

/// What a search for a recording looks at: the name of its file and the patient.
pub(super) fn text(file_name: &str, patient: Option<&PatientMark>) -> String {
    let note = patient.and_then(|patient| patient.note.as_deref());
    let code = patient.map(|patient| patient.code.as_str());
    let words: Vec<_> = [Some(file_name), note, code].into_iter().flatten().collect();
    folded(&words.join(" "))
}

/// Lower case, without diacritics, without white space at the ends.
pub(super) fn folded(text: &str) -> String {
    let letters = text.nfkd().filter(|letter| !is_combining_mark(*letter));
    letters.flat_map(char::to_lowercase).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::PatientId;
    use crate::rows::Links;

    #[test]
    fn diacritics_and_case_do_not_matter() {
        assert_eq!(folded(" Ștefan ÎNĂLȚĂ Müller\u{301} \u{15e} "), "stefan inalta muller s");
    }

    #[test]
    fn file_and_patient_are_found() {
        let patient = PatientMark {
            id: PatientId::parse("p").unwrap(),
            code: "P-0017".into(),
            note: Some("Știrbu".into()),
            links: Links::default(),
        };
        assert_eq!(text("Checkme O2.csv", Some(&patient)), "checkme o2.csv stirbu p-0017");
        assert_eq!(text("A.csv", None), "a.csv");
    }
}

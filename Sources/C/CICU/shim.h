// ICU renames its functions after its version (`u_strFoldCase_72`), which Swift would have to
// spell out. These wrappers have names that stay; nothing here decides anything.
#pragma once
#include <unicode/ubrk.h>
#include <unicode/ucal.h>
#include <unicode/ucnv.h>
#include <unicode/ucol.h>
#include <unicode/uidna.h>
#include <unicode/unorm2.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>
#include <unicode/uchar.h>

static inline const UNormalizer2 *mr_unorm2_nfc(UErrorCode *status) { return unorm2_getNFCInstance(status); }
static inline const UNormalizer2 *mr_unorm2_nfd(UErrorCode *status) { return unorm2_getNFDInstance(status); }
static inline const UNormalizer2 *mr_unorm2_nfkc(UErrorCode *status) { return unorm2_getNFKCInstance(status); }
static inline int32_t mr_unorm2_normalize(const UNormalizer2 *form, const UChar *source, int32_t length,
                                          UChar *target, int32_t capacity, UErrorCode *status) {
    return unorm2_normalize(form, source, length, target, capacity, status);
}
static inline int32_t mr_u_strFoldCase(UChar *target, int32_t capacity, const UChar *source, int32_t length,
                                       UErrorCode *status) {
    return u_strFoldCase(target, capacity, source, length, U_FOLD_CASE_DEFAULT, status);
}

static inline UIDNA *mr_uidna_openUTS46(uint32_t options, UErrorCode *status) {
    return uidna_openUTS46(options, status);
}
static inline int32_t mr_uidna_nameToASCII(const UIDNA *idna, const UChar *name, int32_t length, UChar *target,
                                           int32_t capacity, uint32_t *errors, UErrorCode *status) {
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    int32_t count = uidna_nameToASCII(idna, name, length, target, capacity, &info, status);
    *errors = info.errors;
    return count;
}
static inline int32_t mr_uidna_nameToUnicode(const UIDNA *idna, const UChar *name, int32_t length, UChar *target,
                                             int32_t capacity, uint32_t *errors, UErrorCode *status) {
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    int32_t count = uidna_nameToUnicode(idna, name, length, target, capacity, &info, status);
    *errors = info.errors;
    return count;
}

static inline USpoofChecker *mr_uspoof_open(UErrorCode *status) { return uspoof_open(status); }
static inline int32_t mr_uspoof_getSkeleton(const USpoofChecker *checker, const UChar *id, int32_t length,
                                            UChar *target, int32_t capacity, UErrorCode *status) {
    return uspoof_getSkeleton(checker, 0, id, length, target, capacity, status);
}

static inline int32_t mr_ucal_getCanonicalTimeZoneID(const UChar *id, int32_t length, UChar *target,
                                                     int32_t capacity, UBool *isKnown, UErrorCode *status) {
    return ucal_getCanonicalTimeZoneID(id, length, target, capacity, isKnown, status);
}
static inline UCalendar *mr_ucal_open(const UChar *zone, int32_t length, UErrorCode *status) {
    return ucal_open(zone, length, "en", UCAL_GREGORIAN, status);
}
static inline void mr_ucal_setMillis(UCalendar *calendar, UDate time, UErrorCode *status) {
    ucal_setMillis(calendar, time, status);
}
static inline int32_t mr_ucal_get(const UCalendar *calendar, UCalendarDateFields field, UErrorCode *status) {
    return ucal_get(calendar, field, status);
}
static inline void mr_ucal_close(UCalendar *calendar) { ucal_close(calendar); }

static inline UCollator *mr_ucol_open(const char *locale, UErrorCode *status) { return ucol_open(locale, status); }
static inline void mr_ucol_compareNumbers(UCollator *collator, UErrorCode *status) {
    ucol_setAttribute(collator, UCOL_NUMERIC_COLLATION, UCOL_ON, status);
}
static inline int32_t mr_ucol_getSortKey(const UCollator *collator, const UChar *source, int32_t length,
                                         uint8_t *target, int32_t capacity) {
    return ucol_getSortKey(collator, source, length, target, capacity);
}
static inline void mr_ucol_close(UCollator *collator) { ucol_close(collator); }

static inline UBreakIterator *mr_ubrk_openWords(const UChar *text, int32_t length, UErrorCode *status) {
    return ubrk_open(UBRK_WORD, "ja", text, length, status);
}
static inline int32_t mr_ubrk_next(UBreakIterator *iterator) { return ubrk_next(iterator); }
static inline void mr_ubrk_close(UBreakIterator *iterator) { ubrk_close(iterator); }

/**
 * The emoji that Unicode recommends, sequences included: one sign on every screen. As a pattern's source, because a
 * literal with the `v` flag would need a newer compile target than this repository has.
 */
export const knownEmojiSource = '\\p{RGI_Emoji}';

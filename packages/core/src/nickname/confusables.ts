/**
 * Which letters of other scripts look like Latin ones. A compact table of our own after the facts of Unicode's
 * confusables (UTS 39), limited to what people type to pass for somebody else. An entry is a letter and what it passes
 * for.
 */
import { foldCase } from './fold-case.ts';

/**
 * Upper and lower case together, one Latin letter each: two names of one script that differ stay different, whatever
 * their case. Where the two cases look like different letters, the capital decides.
 */
const inAnyCompany = `
  аa вb еe гr һh зз кk мm нh оo пn рp сc тt уy үy хx ѕs іi јj ԛq ԝw ӏl ԁd ѵv ԍg
  αa βb εe ζz ηh ιi κk μm νn οo ρp τt υy χx ωw ϳj
  օo սu ոn հh ցg զq յj լl քf տs ւi
  Ꭰd Ꭱr Ꭲt Ꭵi Ꭹy Ꭺa Ꭻj Ꭼe Ꮃw Ꮇm Ꮋh Ꮍy Ꮐg Ꮒh Ꮓz Ꮞ4 Ꮟb Ꮢr Ꮤw Ꮥs Ꮩv Ꮪs Ꮮl Ꮯc Ꮲp Ꮶk Ꮷd Ꮾ6 Ᏻg Ᏼb
  ꓮa ꓐb ꓚc ꓓd ꓰe ꓝf ꓖg ꓧh ꓲi ꓙj ꓗk ꓡl ꓟm ꓠn ꓳo ꓑp ꓣr ꓢs ꓔt ꓴu ꓦv ꓪw ꓫx ꓬy ꓜz
  ⲁa ⲃb ⲉe ⲏh ⲓi ⲕk ⲙm ⲛn ⲟo ⲣp ⲥc ⲧt ⲩy ⲭx ყy ჿo
  ᴀa ɑa ɐa ʙb ƀb ɓb ᴄc ɔc ᴅd đd ðd ɖd ɗd ᴇe ɛe ǝe əe ꜰf ɡg ɢg ɠg ʜh ħh ɦh ɥh ɪi ɩi ɨi ᴊj ȷj ᴋk ƙk ʞk ʟl łl ɫl
  ᴍm ɱm ɴn ɲn ŋn ᴏo øo ɵo ᴘp ƥp þp ʀr ɾr ɹr ꜱs ʂs ᴛt ŧt ƭt ʈt ʇt ᴜu ʋu ʉu ᴠv ʌv ᴡw ɯw ʍw ʏy ɣy ʎy ᴢz ƶz ʒz æae œoe
  ०o ০o ੦o ૦o ௦o ౦o ೦o ൦o ๐o ໐o ၀o ဝo \u0665o \u06F5o \u0661l \u06F1l ǀl ∣l │l |l @a $s €e ¢c
  ƒf ₣f ₿b ₵c ₦n ₩w ₭k ₮t ₱p ₳a ₲g
  \u06CC\u064A \u0649\u064A \u06A9\u0643 \u06C1\u0647 \u06D5\u0647 \u06BE\u0647 ー一 ロ口 カ力 ニ二 ハ八 エ工 ト卜 タ夕 ヘへ リり`;

/** Only among Latin letters: there ν passes for v, while in a Greek name it is the small form of Ν. */
const amongLatin = 'ηn νv υu γy σo ςc ռn գq աw \u05D5l \u05DFl \u05E1o \u0627l \u0647o';

/** Regional indicators (flags spell words), negative circled and negative squared letters. */
const alphabetStarts = [0x1f1e6, 0x1f150, 0x1f170];

const anyCompany = table(inAnyCompany, foldCase);
const latinCompany = table(amongLatin, (letter) => letter);

const ascii = /^[ -~]*$/;

/** Accents, Hebrew and Arabic points; not the voicing marks of kana. */
const looseMarks =
  /(?=\p{M})(?![\u3099\u309A])[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Cyrillic}]|\p{DI}/gu;

/** `latin`: the letter stands in a nickname that has Latin letters. */
export type Company = 'latin' | 'own';

export function companyIn(text: string): Company {
  return /[a-z]/i.test(text.normalize('NFKD')) ? 'latin' : 'own';
}

/**
 * Text without case and loose marks, its lookalikes written in Latin. Vowel signs that tell names apart (Indic, Thai,
 * Japanese voicing) stay.
 */
export function latinShape(text: string, company: Company): string {
  if (ascii.test(text)) return text.toLowerCase().replace(/[@$|]/g, (sign) => anyCompany.get(sign) ?? sign);
  let shape = '';
  for (const char of text.normalize('NFKD').replace(looseMarks, '')) {
    const folded = foldCase(char);
    shape +=
      (company === 'latin' ? latinCompany.get(char) : undefined) ?? anyCompany.get(folded) ?? lettered(char) ?? folded;
  }
  return shape;
}

function lettered(char: string): string | undefined {
  const code = char.codePointAt(0) ?? 0;
  const start = alphabetStarts.find((first) => code >= first && code < first + 26);
  return start === undefined ? undefined : String.fromCharCode(97 + code - start);
}

function table(entries: string, keyOf: (letter: string) => string): ReadonlyMap<string, string> {
  return new Map(
    entries
      .trim()
      .split(/\s+/)
      .map((entry) => {
        const [letter = '', ...looks] = entry;
        return [keyOf(letter), looks.join('')];
      }),
  );
}

/**
 * The words that the filter knows: a modest list in a dozen languages, our own. `*word*` is found anywhere; a bare
 * word, being part of some name or harmless word, only on its own (with a plural s).
 */

export const profaneWords = list(`
  *fuck* *phuck* *motherf* fck fcking fcuk fuq fuker fukin mofo stfu gtfo
  shit shits shitty shitter shithead shitface shithole shitbag shitshow shite *bullshit* *dipshit* *horseshit*
  *cunt* *bitch* biatch *whore* slut slutty skank twat wanker wanking wanked bastard bollock bollocks bellend
  knobhead tosser
  ass asses asshat dumbass fatass kissmyass *asshole* *jackass* arse *arsehole* arsed piss pissed pisser pissoff
  *dickhead* *cocksuck* *suckmy* *pussies* pussy penis penises vagina clit clitoris tit titties boob boobs boobies
  nipple dildo *ballsack* scrotum anus cum cumshot cumslut jizz sex sexy sexgod horny masturbate masturbator
  porn porno pornhub pornstar hentai milf orgy orgasm *blowjob* *handjob* *rimjob* *gangbang* *bukkake*
  rape raped raper rapist raping molest molester pedo pedophile paedo paedophile incest kys *killyourself*
  *nigger* *nigga* *faggot* tranny trannies retard retarded spastic spaz wetback *towelhead* *raghead*
  hitler *heilhitler* *siegheil* kukluxklan

  *arschloch* *arschgeige* arsch *wichser* *hurensohn* hure huren *schlampe* *fotze* *missgeburt* nutte nutten
  spast spasti *schwuchtel* kanake *scheisse* scheiss *drecksau* ficker ficken gefickt *fickdich* *verpissdich* titten
  putain pute *encule* *connard* *connasse* *salope* salaud *batard* *filsdepute* *niquetamere* nique merde *bordelde*
  couille branleur tapette bougnoule fdp ntm
  *hijodeputa* *hijueputa* *putamadre* puta puto mierda *pendej* *cabron* *maricon* *gilipoll* chinga chingar chingada
  *chingatu* culo culero *mamahuevo* follar
  *vaffanculo* cazzo *stronz* puttana merda minchia *coglion* *frocio* *porcodio* *diocane* bocchino
  *caralho* buceta *filhodaputa* foder foda *fodase* cacete *arrombad*
  *klootzak* *kutwijf* *kankerhoer* *tyfushoer* neuken geneukt mongool flikker godverdomme
  *kurwa* *pierdol* *skurwy* *pizda* *spierdal* *zajebi* jebac cwel
  *orospu* *siktir* sikeyim *amcik* *yarrak* amk *pezevenk* *gotveren*

  *хуй* хуя хуе *охуе* *пизд* блять блядь бля ебать ебан ебаный еблан *долбоеб* *уебок* *заеб* сука суки *мудак*
  *пидор* *пидар* *гандон* *залуп* *шлюх* жопа *blyat* pidor *pizdec* nahuj
  *شرموط* *قحبة* كسمك كسامك *منيوك*
  *मादरचोद* *चूतिया* *भोसड़ी* *बहनचोद* रंडी *chutiya* *madarchod* *bhenchod* *behenchod* *bhosdi* gandu
  *傻逼* *傻屄* *操你* *肏* *草泥马* *他妈的* *鸡巴* *婊子* *妈逼* *死ね* *まんこ* *ちんこ* *ちんぽ* *セックス* *キチガイ*
  *씨발* *씨팔* *병신* *개새끼* *좆* *지랄* *창녀* ㅅㅂ ㅂㅅ`);

/** Real people's names as well: let be where real names are asked for. */
export const nameLikeWords = list(`
  dick cock prick wank boner anal fag kike paki nazi fick spic chink gook fuk verga chuj`);

/** Beginnings of words and phrases in which a hit of ours is none. */
export const harmlessWords = list(
  `scunthorpe | snigger | honigg | fücks | puttann | cum laude | blue tit | great tit | coal tit | marsh tit
  | moby dick | dick tracy | dick turpin | dick van | dick whittington | cock robin`,
  '|',
);

function list(words: string, separator: string | RegExp = /\s+/): readonly string[] {
  return words
    .trim()
    .split(separator)
    .map((word) => word.trim());
}

"""Given names that are borne all over Indonesia: where one stands among rows, the rows may be persons."""

from __future__ import annotations

import re

_NAMES = """
    abdul abdullah abdurrahman abel abi abid abidzar abil abimanyu abizar abrar ade adel adelia adi adib adinda adit
    aditya adiva adnan adrian adriana adzkia afan affan afif afifah afika afkar agatha agnes agni agung agus
    agustina agustinus ahmad ahnaf aida aidil aila ainun aira airin aisha aisyah ajeng akbar akhmad akmal albar
    albert aldi aldo alea aleks alena alesha alfian alfin ali alif alika alisha alma almira althaf alvaro alvin alya
    alysa alyssa amalia amanda amar amelia amir amira ammar ananda anas andi andika andin andra andre andreas angel
    angelina anggi anggita anggun anindita anindya anisa anissa anita anjani annisa anton antonius anwar apolos
    apriani aqila aqilah ara ardi ardian arfa arfan ari arif arifin arjuna arka arkan arkana arkha arlan aron
    arsenio arsila arsy arsyad arsyila arumi arya asep asih asma asti astuti asyifa athalla athar athaya atika
    atikah aufa aulia aulian aurel aurelia aurora ayesha ayla ayra ayu ayudia ayunda azahra azalea azam azizah azka
    azkia azmi azril azzahra azzam bagas bagir bagus baihaki bambang barnabas baso bayu becce belinda bella beni
    benny benyamin bernad bernadus bianca bilal bilqis bima bimo bisma boas bobi boby brian brigita bryan budi caca
    cahya cahyo calista calvin candra cantika carissa caroline cecep celine cesil chandra chelsea chen chika
    christian cici cinta citra clara clarisa clarissa cleo cokorda cut dadan dadang daeng dafa daffa damara danang
    dani daniel daniela danish danu darel darma daud dava david davin dayu deandra debora dede dedi delia delisha
    dendi deni denis deri desak desi devan devi devina dewa dewangga dewi dhafin dhani dian diandra dicky dika dimas
    dimitri dina dinda dio dion dita dito diva dodi dominggus doni dorkas dwi dzaki dzakir dzikri edi edo edwin
    efraim eka eko elfira elia elieser eliezer elisa elisabet elisabeth elsa elvan elvina elyas emanuel emil endah
    enggar erik erika erlan erlangga ernawati erwin esau ester euis eva evan evelyn ezra fabian fadhil fadhila fadil
    fadila fadlan fadli fahira fahmi fahri fairuz faisa faisal faiz faizal fajar fajri fakhri falisha fani faqih
    fara farah fardan farel farhan farid faris fariz farras farrel farzan fathan fathia fathin fathir fathur fatih
    fatimah fatma fatur fauzan fauzi faza febe febri febrian felicia felisa felix fenny ferdi ferdian ferdinan feri
    fian fikri filemon filipus filza fina fiona firda firman firza fita fitri fitria fitriani frans fransiska
    fransiskus frederika fredrik fuad gabriel galang galih gavin gede geraldi gerson ghaisan ghani ghava ghea
    ghibran ghifari gibran gideon gilang gilbert gina gio gisella gita givari gladis grace gracia gusnadi gusti
    habib habibi hadi hadid hafidz hafiz hafizah haidar haikal halimah hamid hamzah hana hanan hanif hanifah hanna
    hanum haris hasan hasna hasriani haykal helmi hendra hendri hendrik heni herman hermanus heru hesti hilda hilman
    hilmi hisyam hizkia humaira husein husna ibnu ibrahim icang icha ida idham ignatius ihsan iis ikbal ikhsan ikram
    iksan ilham ilma ilyas imam imanuel imelda ina inaya inayah indra inka intan iqbal ira irene irfan irham irma
    irsyad irvan irwan isak ishak ismail isna ivan iwan izzah izzan izzati jaka jamal jamil janet jasmine jefri
    jelita jennifer jeremia jeri jessica jihad jihan jodi johan johanes joko jonatan joni josefina josua joy julia
    julian juliana julita junaidi kadek kaila kaisar kalila kamil kamila kanaya kania kareem karel karin karina
    karno karolina kartika karto kautsar kayana kayla kayra keenan keira keisha kelvin kenan kenneth kenzi kenzie
    kenzo ketut kevin keyla keysa keysha khadijah khairul khairunnisa khalid khalisa khansa khanza khayla kiano
    kinan kinanti kinara kirana komang kornelis krisna kristian kristin kristina laila laksmi lala lana laode laras
    larasati lathifa latifah laura leni leonardus lestari leticia lia liana lidia lilis lim lina linda lisa lodewik
    lois luh lukas lukman lulu luna lusi lutfi lutfia luthfi lydia made magdalena maharani mahendra mahesa mahira
    malika mamat manda marcel mardiana margareth maria mariana marissa markus marlina marsya marta marten martha
    martinus marvel maryam matius maudy maulana maura maya mayang mecca meilani meisya meiza melani melda melinda
    melisa melkias meutia meyla meysa michael mika mikael mikayla mikha mila mince mira mirza misbah mita mitha moh
    mohamad muhamad muhammad mukhlis mukti musa muthia mutia muzaki nabil nabila nabilah nadhif nadhira nadia nadin
    nadira nafis nafisa nafisah nafla naftali nagita naila najla najwa nanda nando naomi narendra naswa nasya
    natalia natan natania nataniel nathan nathania nathaniel naufal naura nayla nayra nazwa nehemia neneng neng
    nesya ngadiman ngurah nia nicholas niken nikolas nikson nina ningsih nining nisa nisrina nita nizam nova novan
    novi novita nugroho nur nuraini nurdin nurhaliza nurlaila nurmala nurul nyoman obaja oki oktavia oktaviani
    oktovianus olivia oscar otniel paijo pande pandji pandu parlindungan parman parno pasha patricia paulus
    petronela petrus pilatus poltak pradipta prasetya pricilia puput putri putu qaila qasim queen queena raafi
    rachel radika radit raditya radja rafa rafael rafaela rafel raffa raffi rafi rafif rafka rafli rahadian rahayu
    rahma rahmat rahmi raihan raina raisa rajendra raka rakha rama ramadhan ramadhani ramdan rana randi rangga rani
    rania rara rasya rasyid ratih ratna rayan rayhan raymond rayyan rebecca rebeka refan rega regina rehan reihan
    rendi rendra reni renita reno resti restu reva revan revi reyhan reynaldi reza rezky rian riana riani ricky
    ridho ridwan rifat rifda rifki rifqi riki riko rina rini rinto rio riri ririn riska riski risma rival riyan
    rizal rizka rizki rizky robby robert robi rohmah ronal ronald roni rosa rosalina rotua rudi rut ruth ryan
    sabrina safa safira safitri sagara sahrul sakha salim salma salman salomina salomo salsa salsabila salwa samira
    samuel sandi sania santi sara sarah sarce sari sasha satria satrio satya sefnat selfi selvi semuel septian
    septinus sesil shafa shafira shaka shakila shalsa shania shanum sheila sherly shinta sidik sifa sihar silas
    silvester silvi silvia simon simson sindi sinta sintia siska siti slamet sofi sofia sofyan soleman sondang sonia
    sri stefani stefanus stevanus suci sufi sugeng sulis sulistia suparman susanti sutrisno syafa syafiq syahira
    syahla syahra syahrul syaiful syakira syarif syifa syifana tabina talia talita talitha tan tania tari tasya
    tatang taufik tegar teguh tenri teuku theresia tia tiara tiffany tigor tika timotius tio titin tito titus tobias
    togar tomi toni tony topan tri tukiman tumpal tyas ucok udin ujang uli umair umar umi uwais valentina vanesa
    vanessa vania vano vera veronika vicky vidya vika viktor vina vincent vino virgi vivi wagiman wahid wahyu wanda
    wati wawan wayan wei wening widya wilda wildan wilem wilhelmina winda windi wira wisnu wulan yafi yakob yakobus
    yakomina yanes yansen yanti yanto yasmin yati yatno yemima yeremia yesaya yeskiel yessi yoel yoga yogi yohan
    yohana yohanes yohanis yolanda yonas yonatan yono yosafat yosef yosefina yosep yoseph yosias yosina yosua yuda
    yudha yudhistira yuli yulia yuliana yulianti yulianus yulita yumna yuni yunus yusak yusuf zafran zahid zahira
    zahra zahran zahwa zaid zaida zainab zakarias zaki zara zaskia zayn zefanya zevanya zhafira zian zidan zidane
    zikri ziyad zoya zulaikha zulfa zulfikar
"""
_GIVEN = frozenset(_NAMES.split())
_WORD = re.compile(r"[a-z'’]{3,}")
_INITIALS = re.compile(r"\((?<=[A-Z.] \()\d{1,2}\)")
"""*KU (14)*: whom a report of cases does not name."""


def names_somebody(text: str) -> bool:
    """Whether a given name stands anywhere in a text, or initials and an age; asked of whole pages, so it is cheap.

    Measured: of 207 pages of reports, laws and tables that may tell of children 2 hold one.
    """
    words = text.lower().replace(",", " ").replace("(", " ").split()
    return not _GIVEN.isdisjoint(words) or _INITIALS.search(text) is not None


def holds_given_name(name: str) -> bool:
    """Whether one of the words of what may be a name is a given name that many bear."""
    return not _GIVEN.isdisjoint(name.lower().split())


def given_names_in(line: str) -> frozenset[str]:
    """The given names among the words of a line, in small letters."""
    return _GIVEN.intersection(_WORD.findall(line.lower()))


def is_given_name(word: str) -> bool:
    """Whether a word in small letters is a given name that many bear."""
    return word in _GIVEN

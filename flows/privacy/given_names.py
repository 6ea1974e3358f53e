"""Given names that are borne all over Indonesia: where one stands among rows, the rows may be persons."""

from __future__ import annotations

import re

_NAMES = """
    abdul abdullah abdurrahman abel abi abil abizar ade adel adelia adi adinda aditya adnan adrian adriana afifah
    afika afkar agatha agnes agung agus agustina agustinus ahmad aida aidil ainun airin aisha aisyah ajeng akbar
    akhmad albert aldi aldo aleks alesha alfian alfin ali alif alika alisha alma althaf alvaro alvin alya alysa
    amalia amanda amelia amir amira ananda anas andi andika andra andre andreas angel angelina anggi anggita anggun
    anindya anisa anita anjani annisa anton antonius anwar apolos apriani aqila aqilah ara ardi ardian arfan ari
    arif arifin arjuna arka arkan aron arsy arsyad arya asep asih asma asti astuti atika atikah aulia aurel aurelia
    aurora ayla ayu ayunda azahra azizah azka azkia azril azzahra bagas bagus bambang barnabas baso bayu becce beni
    benyamin bernad bernadus bilal bilqis bima boas bobi boby brian budi cahya cahyo calista cantika carissa cecep
    celine chandra chelsea chen christian cici cinta citra clara clarissa cokorda cut dadang daeng dafa daffa
    danang dani daniel daniela danu darma daud david dayu debora dede dedi dendi deni desak desi devi dewa dewi
    dian dika dimas dina dinda dio dita dito dominggus doni dorkas dwi dzaki edi edo efraim eka eko elia elieser
    eliezer elisa elisabet elisabeth elsa emanuel endah erik erika erlangga esau ester euis eva ezra fabian fadhil
    fadil fadli fahmi fahri faisal faiz fajar fajri fani farah farel farhan farid fariz fathan fathir fatih fatimah
    fatma fauzan fauzi febe febri febrian felix ferdi ferdinan fian fikri filemon filipus fina firda firman fitri
    frans fransiska fransiskus frederika fredrik gabriel galang galih gavin gede gerson gibran gideon gilang gina
    gio gita grace gusnadi gusti habib habibi hadi hafidz hafiz haikal hamzah hana hanif hanifah hanna hanum haris
    hasan hasna hasriani helmi hendra hendri hendrik herman hermanus hesti hilda hilmi hizkia humaira husein husna
    ibnu ibrahim icha ida idham ignatius iis ikhsan ilham ilyas imam imanuel imelda ina indra inka intan iqbal ira
    irfan irma irwan isak ishak ismail iwan jaka jamal jasmine jefri jeremia jeri jessica jihad johan johanes joko
    jonatan joni josefina josua joy julia julian juliana kadek kaila kalila kamila kanaya karel karin karina karno
    karolina kartika karto kayla keisha kenzi kenzie kenzo ketut kevin keysha khadijah khalid khalisa khansa kirana
    komang kornelis krisna kristian kristin kristina laila lala laode laras latifah laura leni leonardus lestari
    lia lilis lim lina linda lisa lodewik lois luh lukas lukman luna lusi lutfi made magdalena maharani mahendra
    mamat manda marcel maria markus marlina marsya marta marten martha martinus marvel maryam matius maulana maya
    meilani melani melisa melkias meutia michael mikael mikha mila mince mira moh mohamad muhamad muhammad mukti
    musa mutia nabil nabila nabilah nadia nadin naftali naila najwa nanda nando naomi nasya natalia natan nataniel
    naufal naura nayla nayra nehemia neneng neng ngadiman ngurah nia nikolas nikson nina ningsih nining nisa nova
    novi novita nugroho nur nurul nyoman obaja oki oktovianus olivia oscar otniel paijo pande pandu parlindungan
    parman parno paulus petronela petrus pilatus poltak putri putu queen rachel radit raditya rafa rafael rafel
    rafi rafif rafli rahayu rahma rahmat rahmi raihan raisa raka rama ramadhan randi rangga rani rania rara rasya
    ratih ratna rayhan raymond rebeka refan rega rehan reihan reno resti restu reva revan reza rezky rian ridho
    ridwan rifki rifqi riko rina rini rio ririn riski risma rival rizal rizki rizky robert ronal roni rosa rosalina
    rotua rudi rut ruth sabrina safira sahrul sakha salma salman salomina salomo salsa salsabila samuel sandi santi
    sara sarce sari satria satya sefnat selvi semuel septian septinus shafira shakila shanum shinta sifa sihar
    silas silvester silvi simon simson sindi sinta siska siti slamet sofia soleman sondang sri stefanus stevanus
    suci sugeng suparman susanti sutrisno syahrul syakira syifa talita tan tania tari tatang tegar teguh tenri
    teuku theresia tia tiara tigor tika timotius tio titin tito titus tobias togar toni topan tri tukiman tumpal
    ucok udin ujang uli umar umi valentina vanesa vania vera veronika viktor vina vino wagiman wahid wahyu wati
    wawan wayan wei wening widya wilem wilhelmina wira wisnu wulan yakob yakobus yakomina yanes yansen yanti yanto
    yasmin yati yatno yemima yeremia yesaya yeskiel yoel yoga yogi yohan yohana yohanes yohanis yonas yonatan yono
    yosafat yosef yosefina yosep yoseph yosias yosina yosua yuda yudha yuli yulia yuliana yulianus yulita yuni
    yunus yusak yusuf zahira zahra zakarias zaki zaskia zefanya zidan zulfa zulfikar
"""
_GIVEN = frozenset(_NAMES.split())
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

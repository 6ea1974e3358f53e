"""Given names that are borne all over Indonesia: where one stands among rows, the rows may be persons."""

from __future__ import annotations

import re

_NAMES = """
    abdillah abdul abdullah abdurrahman abel abi abid abidzar abil abimanyu abiyyu abizar abraham abrar ade adeeva
    adel adelia adhitya adi adib adinata adinda adit aditia aditya adiva adnan adrian adriana adriel adzkia afan
    affan afgan afif afifa afifah afika afkar agatha aghnia agnes agnesia agni agung agus agustin agustina agustinus
    ahmad ahnaf ahsan aida aidil aila ainul ainun aira airin aisha aisyah ajeng ajis akbar akhmad akila akmal
    akmaludin alamsyah alana albar albert aldebaran aldi aldino aldo alea aleks alena alesha alexa alexander
    alfarizi alfian alfin alfred ali alicia alief alif alika alina alisa alisha alivia alma almaira almira alodia
    althaf alvaro alvian alviano alvin alya alysa alyssa alzena amalia amanda amar ambrosius amelia aminah amini
    amir amira ammar ananda anas andhika andi andika andin andini andra andre andrea andreano andreas andrew andri
    angel angelika angelina angelo angga anggi anggie anggita anggoro anggun anindita anindya anisa anissa anita
    anjani anjar anna annas annisa annisah anselmus anthony anton antonius anwar apolos apriani aprilia apriliani
    aprilio aqeela aqila aqilah aqillah ara ardi ardian arfa arfan ari arieska arif arifin arini aristo arjuna arka
    arkan arkana arkanza arkha arlan arman armand armansyah aron arsenio arsila arsy arsyad arsyila arum arumi arya
    asep asih asma asril asrul asti astuti asyifa athalla athar athaya athifa athira atika atikah audi audrey aufa
    aulia aulian aurel aurelia aurora avicenna ayesha ayla ayra ayu ayudia ayunda ayuni ayyub azahra azalea azam
    azaria azhar aziz azizah azizi azka azkia azmi azriel azril azwar azzahra azzam bagas bagaskara bagir bagus
    baihaki balqis bambang barnabas baskara baso bayu becce belinda bella benediktus beni benny benyamin bernad
    bernadeta bernadetha bernadus betrix bianca bilal billy bilqis bima bimo bisma boas bobi boby bram bramantyo
    bramasta brian brigita brigitta brilian bryan budi caca caesar cahya cahyadi cahyani cahyo calista callista
    calvin calya candra cantika carissa carlos carolina caroline cecep celine cesil chairul chandra chantika charles
    charlotte chelsea chen chesya chika chintya christian christine christopher cici cinta citra clara clarisa
    clarissa clement cleo cokorda cut cynthia dadan dadang daeng dafa daffa dalila damara danang dani danica daniel
    daniela danish daniswara danu darel darius darma darwis daud dava david davin dayat dayu deandra deanova debora
    dede dedi delia delisha dendi deni denis deri desak desi devan devi devina dewa dewangga dewanti dewi dhafin
    dhani dhea dhika dhira diah dian diana diandra dicky dika dilla dimas dimitri dina dinda dino dio dion dita dito
    diva dodi dominggus dominikus doni dony dorkas dorothea dwi dzaki dzakir dzaky dzikri edgar edi edo edward edwin
    efendi efraim eka eko elfira elia eliana elieser eliezer elina elisa elisabet elisabeth ella ellen elsa elvan
    elvina elvira elyas emanuel emil emilia emily endah endang endro enggar enzo erick erik erika erina erlan
    erlangga ernawati ernest erni ersa erwin esau ester euis eva evan evelina evelyn evita ezra fabian fabiola
    fachri fadel fadhil fadhila fadhillah fadhlan fadia fadil fadila fadlan fadli fahira fahmi fahreza fahrezi fahri
    fahrul fairuz faisa faisal faisyal faiz faizah faizal faizul fajar fajri fakhira fakhri falisha fani fanny faqih
    fara faradiba faradila farah fardan farel farhan farid farida faris fariz farizal farras farrel farzan fathan
    fathia fathin fathir fathiyah fathur fatih fatimah fatimatuz fatma fatur fauzan fauzi fauziah fauziyah fayza
    faza febe febri febrian felicia felicitas felisa felix fenny ferdi ferdian ferdinan feri ferry fian fidelis
    fikri filemon filipus filza filzah fina fiona fira firda firdaus firman firmansyah firza fita fitri fitria
    fitriani fitriyah florensia frans fransisca fransiska fransiskus frederik frederika fredrik friska fuad gabriel
    galang galih galuh gandhi garnis gavin gavriel gayatri geby gede geraldi gerson ghaisan ghaitsa ghalib ghani
    ghania ghava ghazali ghazi ghea ghibran ghifari ghina gian gibran gideon gilang gilbert gina gio giovani
    giovanni gisella gita givari gladis grace gracella gracia gregorius guntur gusnadi gusti habib habibi
    habiburrahman hadi hadid hafidh hafidz hafidza hafiz hafizah hafizh haidar haikal halimah hamdan hamid hamida
    hamzah hana hanan handayani hani hanif hanifah hanin haniyah hanna hannah hanum haris harisman harun haryo hasan
    hasanah hasbi hasbullah hasim hasna hasriani haura haykal hazel haziq helena helga helmi hendra hendri hendrik
    heni henry heri herlina herman hermanus hermawan heru hesti hidayat hilda hilman hilmi hisyam hizkia humaira
    humairah husein husna husnul ibnu ibra ibrahim icang icha ida idham idris ifan ignatius ihsan ihza iis ikbal
    ikhsan ikram iksan ilham ilhamsyah ilma ilyas imam imanuel imelda immanuel imran ina inaya inayah indra indri
    inka intan intania iqbal ira irawan irene irfan irgi irham irma irmayanti irsyad irvan irvandi irwan isabel
    isabella isak ishak ishaq iskandar ismail isna ivan iwan izzah izzan izzati izzatul jafar jaka jalu jamal jamil
    jamilah janet jasmine jason javier jefri jelita jennifer jeremia jeremy jeri jerico jessica jessika jibril jihad
    jihan joan jodi joel johan johanes joko jonas jonatan jonathan joni jordy josefina joseph josephine joshua josua
    jovan jovanka jovita joy julia julian juliana julita jumadi junaidi junior justin kadek kafi kaila kaisar kaisya
    kalea kalila kalisha kalista kamil kamila kanaya kania kareem karel karenina karim karin karina karlina karno
    karolina kartika karto kautsar kayana kayla kayra kaysan keanu keenan keira keisha keisya kelvin kenan kendra
    kenneth kenzi kenzie kenzo ketut kevin keyla keysa keysha khadijah khairul khairunnisa khalid khalif khalila
    khalisa khansa khanza khayla khoirul khoirunnisa kiano kiara kiki kinan kinanti kinara kirana kirani kireina
    komang kornelis krisna kristian kristin kristina kristoforus laila lailatul laksmi lala lana laode laras
    larasati lathifa lathifah latifah laura laurensius lazuardi leni leonard leonardo leonardus leoni lestari
    leticia letisya lia liana lidia lidya lilis lim lina linda lisa listiani livia lodewik lois lorenzo luciana
    ludovikus luh lukas lukman lulu luna lusi lusia lutfi lutfia luthfi luthfia lydia made magdalena maharani
    mahendra mahesa maheswara mahira maida maimunah malik malika malikha mamat manda manuel marcel marcella marco
    mardiana margareth margaretha maria mariana maribel marissa markus marlina marsha marsya marta marten martha
    martinus marvel maryam maryani masayu matius maudy maulana maulida maulidya maura maurin mawaddah maya mayang
    mecca megan meilani meisya meiza melani melda meliana melinda melisa melkias melvin meutia meyla meylani meysa
    michael michelle mika mikael mikaila mikayla mikha mila mince mira miranda mirza misbah mita mitha moch mochamad
    mochammad moh mohamad mohammad monika muh muhamad muhammad mukhlis mukti mulyana mulyani munawar munir murni
    musa musdalifah mustafa muthia mutia muzaki nabil nabila nabilah nadhif nadhifa nadhira nadia nadin nadine
    nadira nadya nafis nafisa nafisah nafla naftali nagita naila nailah nailul naima naira najib najla najma najwa
    nanang nanda nandini nando naomi narendra nasrul naswa nasya natalia natan natania nataniel natasya nathan
    nathania nathaniel naufal naura naurah nayaka nayla nayra nazwa nehemia neneng neng nessa nesya ngadiman ngurah
    nia nicholas niken nikolas nikson nimas nina nindy ningsih nining nirmala nisa nisrina nita nizam noah nofal
    nora nova noval novan novanda novi novia novianti novita nugraha nugroho nur nuraeni nuraini nurani nurdin
    nurhaliza nurhasanah nuril nurlaila nurmala nurul nyoman obaja oki oktavia oktaviani oktavianus oktovianus
    olivia oscar otniel paijo pande pandji pandu pangestu paramitha parlindungan parman parno parveen pasha paskalis
    patricia paula paulina paulus petronela petrus philip philipus pilatus poltak prabowo pradana pradipta prasetya
    prasetyo pratama pratiwi pricilia prisilia priska priyanka puput purwanto putri putu qaila qaisara qalesya qasim
    qiana qonita queen queena queenza quinn quinsha raafi rabbani rachel radika radit raditya radja rafa rafael
    rafaela rafardhan rafasya rafathar rafel raffa raffasya raffi rafi rafif rafiq rafka rafli ragil rahadian rahayu
    rahma rahmah rahman rahmat rahmawati rahmi raihan raihana raina raisa raisya rajendra raka rakha rama ramadani
    ramadhan ramadhani ramdan ramlan ramli rana randi randy rangga rani rania ranti rara rasya rasyid ratih ratna
    rayan rayhan raymond rayyan razka reandra rebecca rebeka refan rega regina rehan reihan reina reisya renaldi
    renata rendi rendra rendy reni renita reno resti restu reva revan revano revi reyhan reynaldi reza rezky rhea
    rian riana riani rianti ricky ridho ridwan rifai rifat rifda rifki rifky rifqi riki riko rima rina rindu rini
    rintan rinto rio riri ririn riska riski risky risma risnawati riswan rita rival rivaldo riyan rizal rizka rizki
    rizky rizqi rizwan robby robert roberto robi rohim rohmah rohman romeo romi ronal ronald ronaldo roni rosa
    rosalia rosalina rosita rossa rosyid rotua rudi rudy rukmana rully rusdi rut ruth ryan sabila sabina sabri
    sabrina sadam sadewa safa safana safaraz saffa safina safira safitri safrina sagara sagita sahira sahrul sajidah
    sakha sakinah salim salma salmah salman salomina salomo salsa salsabila salwa samira samuel sandi sandra sandy
    sania sanjaya santi santika santoso saputra saputri saqila sara sarah sarce sari sarifah sasha sasmita satria
    satrio satya sayyid sebastian sefnat selena selfi selin selina selly selvi semuel septi septian septinus sesil
    setiawan sevina shabira shabrina shafa shafira shahia shaira shaka shakila shalom shalsa shanaya shania shanum
    shaqila shareen sharla sheila shelly sherina sherly shidqi shifa shila shinta shofi shofia sidik sifa sigit
    sihar silas silva silvana silvester silvi silvia simeon simon simson sindi sinta sintia siska siti slamet sofi
    sofia sofian sofyan soleman sondang sonia sopia sri stefani stefanus stella stephanie stephen stevanus steven
    subhan suci sufi sugeng sulaiman sulis sulistia suparman suryani susanti susi sutra sutrisno syafa syafi syafiq
    syafira syahira syahla syahra syahrini syahrul syaiful syakila syakira syamil syamsul syaqila syarif syarifah
    syarifuddin syauqi syifa syifana syntia tabina tabitha talia talita talitha tamara tan tania tantri taqiyya tari
    tasya tatang taufan taufik taufiq tedi tegar teguh tenri teuku theo theodorus theresia thomas tia tiani tiara
    tiffany tigor tika timotius tina tio tita titin tito titus tiwi tobias togar tomi tommy toni tony topan tri
    triana tristan tukiman tumpal tyas ubay ucok udin ujang ulfa ulfah uli ulya umair umaira umam umar umi ummi
    uswatun utami utari uwais valentina vanesa vanessa vania vano vansya vanya varel vebri velisa vera verdi
    veronica veronika vicky victor victoria vidi vidya vika viktor vina vincent vincentius vino vira virda virgi
    vito vivi viviana wafa wafi wagiman wahid wahyu wahyudi wahyuni wahyunita waldi walid wanda wanti wardah wardana
    wati wawan wayan wei wening wibi wibowo wicaksono widi widiya widya wiguna wilda wildan wildanu wilem wilhelmina
    willy wina winarti winda windi windy wira wisnu wulan wulandari wulansari yafi yahya yakob yakobus yakomina yana
    yanes yansen yanti yanto yasir yasmin yasmine yati yatno yayan yemima yeni yeremia yesaya yesi yesika yeskiel
    yessi yessica yoan yoel yoga yogi yohan yohana yohanes yohanis yohanna yolanda yonas yonatan yono yosafat yosef
    yosefina yosep yoseph yosias yosina yosua yuda yudha yudhistira yudi yudistira yulan yuli yulia yuliana yuliani
    yulianti yulianus yulita yulius yumna yuni yunita yunus yura yusak yusra yusril yusron yustina yusuf yuwana
    zafran zahara zahid zahida zahira zahra zahrah zahran zahratul zahwa zaid zaida zainab zakaria zakarias zaki
    zakia zakiyah zalfa zalika zara zaskia zaskya zayn zefanya zevanya zhafira zhafirah zhafran zian zidan zidane
    zidny zikri ziyad ziyan zoya zubair zulaika zulaikha zulfa zulfan zulfikar zulfikri zulham zulkifli
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

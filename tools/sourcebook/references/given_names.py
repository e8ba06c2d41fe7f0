"""Given names that are common in many countries: data, written down from general knowledge.

They tell `Jane Roe, The sea` (a person, a title) from `White House, The sea`; a name not here is no less one.
"""

GIVEN_NAMES = frozenset(
    """
aaron abdul abdullah abigail adam adrian ahmad ahmed alain alan albert alberto alejandro aleksandr aleksei alessandro
alex alexander alexandra alexandre alexei alexey alfred ali alice alison allan allen alyssa amanda amber amelia
amir amy
ana anastasia anatol anatoly anders andré andrea andreas andrei andrew andrey andrzej angela angelo anita anja
ann anna
anne annie anthony antoine anton antonio antony arash arne arnold arthur artyom asha ashley astrid audrey august ayşe
barbara barış barry bart beatrice ben benedict benjamin benoit bernard bernd beth betty bill björn bob boris brad
bradley brandon brenda brendan brent brett brian bridget britta bruce bruno bryan burak caitlin calvin cameron carl
carla carlo carlos carmen carol caroline carolyn carsten catherine cathy cecilia céline chad charlene charles
charlotte
chen cheryl chloe chris christian christiane christina christine christoph christophe christopher christos
cindy claire
clara clare claude claudia claus clive colin colleen connie connor courtney craig cristina curtis cynthia cyril
dale dan
dana daniel daniela danielle danny darren daria dave david dawn dean deborah debra denis denise dennis derek
detlef diana
diane diego dieter dietrich dimitri dina dirk dmitri dmitry dominic dominik dominique don donald donna dorothy doug
douglas duncan dustin dylan ed eddie edgar edith eduardo edward edwin eileen ekaterina elaine eleanor elena eli elias
elisabeth elise elizabeth ella ellen elliot emily emma emmanuel emre enrico enrique eric erica erik erika erin ernest
ernst esther ethan eugene eva evan eve evelyn evgeny fabian fabio fatima fatma federico felix fernando fiona florence
florian frances francesca francesco francis francisco franck françois frank frankie franz fred frederic frederick
friedrich fritz gabriel gabriele gareth garry gary gavin geert gemma geoff geoffrey georg george georges gerald gerard
gerhard gerry giacomo gideon gilbert giles gillian gina giorgio giovanna giovanni giulia giuseppe glen glenn gordon
grace graeme graham grant greg gregor gregory greta guido guillaume gunnar günter günther gustav guy hakan hannah hans
harald harold harriet harry hasan hassan heather hector heidi heike heiko heinrich heinz helen helena helga helge
helmut hendrik henning henri henrik henry herbert hermann hillary holger holly horst howard hubert hugh hugo hussein
ian ibrahim i̇brahim ida igor ilya imran ingo ingrid irene irina iris isaac isabel isabella ivan ivo jack jackie jacob
jacqueline jacques jae jake jakob james jamie jan jana jane janet janice jared jasmine jason javier jay jean jeff
jeffrey jenna jennifer jenny jens jeremy jerome jérôme jerry jesse jessica jill jim jimmy joachim joan joanna joanne
joão jochen joe joel joerg johan johann johanna johannes john johnny jon jonas jonathan jordan jörg jorge josé josef
joseph josh joshua joy joyce juan judith judy julia julian juliana julie julien juliet jun jürgen justin kai
karen karin
karina karl karsten kate katharina katherine kathleen kathryn kathy katie katja katrin kay keith kelly kemal
ken kenneth
kerstin kevin khalid kim kimberly kirill kirk kirsten klaus konrad konstantin kristen kristin kristina kurt kyle lana
lara larry lars laura lauren laurence laurent lawrence lea leah lee lena leo leon leonard leonid leslie lewis
liam lida
lina linda lindsay lindsey lisa liu liz lloyd lois lorenzo lorraine louis louisa louise luca lucas lucia lucy
luigi luis
luise lukas luke lutz lydia lyn lynn madeleine magda magdalena maggie malcolm mandy manfred manuel marc marcel marco
marcus margaret maria mariam marian marianne marie marina mario marion mark marko markus marlene marsha marta martha
martin martina marvin mary masha massimo mateusz mathias mathieu matt matteo matthew matthias maureen maurice
max maxim
maximilian may megan mehmet mel melanie melinda melissa mercedes meredith merle michael michaela michał michel michele
michelle mick miguel mikael mike mikhail milan mildred mina miriam mitchell mohamed mohammad mohammed moira
molly monica
monika moritz muhammad murat mustafa nadia nancy naomi natalia natalie natasha nathalie nathan nathaniel neil nelson
niall nicholas nick nicola nicolas nicole nigel nikita nikki niklas nikolai nikolaus nikolay nils nina noah noam noel
nora norbert norman norm olaf oleg oleksandr olga oliver olivia olivier omar oscar oskar otto özgür pablo pam pamela
paolo pascal pat patricia patrick patrik paul paula pauline pavel pedro peggy penny per pete peter petr petra phil
philip philipp philippe phillip phyllis pierre piotr priya rachel rafael rainer ralf ralph ramon randall randy raphael
raymond rebecca regina reinhard renata renate rené reza ricardo richard rick rita rob robert roberta roberto robin
rodney roger roland rolf roman ron ronald ronnie rosa rose rosemary ross roy ruben rudolf rupert russell ruth ryan
sabine sally salvatore sam samantha samir samuel sandra sanjay santiago sara sarah sasha saskia scott sean sebastian
selma serge sergei sergey sergio shane shannon shaun sharon sheila shelley sheryl shirley sibylle sidney sigrid silke
silvia simon simona simone sofia sonia sonja sophia sophie stan stanley stefan stefanie stefano stella stephan
stephanie
stephen steve steven stewart stuart sue sunil susan susanna susanne suzanne svetlana sven sylvia sylvie tamara tania
tanja tanya tara tariq tatiana ted teresa terence terry thea theo theodor theodore theresa thérèse thierry
thomas thorsten
tilman tim timo timothy tina tobias todd tom tomas tomasz tommy toni tony torsten tracy trevor tristan troy udo
ulf ulrich
ulrike urs ursula uta ute uwe valentin valentina valerie vanessa vasily vera verena veronica veronika vicki victor
victoria viktor vincent vincenzo viola virginia vitaly vivian vivien vladimir vladislav volker volodymyr walter wanda
warren wayne wei wendy werner wesley wilfried wilhelm will willem william willy wladimir wolf wolfgang xavier yair yan
yang yann yannick yasmin yasser yevgeny yi yosef yulia yuri yusuf yves yvonne zachary zoe zhang
александр алексей анатолий андрей анна антон борис вадим валерий василий виктор виталий владимир дмитрий евгений елена
иван игорь ирина константин людмила максим мария михаил наталья николай ольга павел пётр петр роман светлана сергей
татьяна фёдор федор юлия юрий
""".split()
)

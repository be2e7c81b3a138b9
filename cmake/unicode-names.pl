# Writes the names of characters, a line each: "00E9 LATIN SMALL LETTER E WITH ACUTE". Source: the Unicode Character
# Database as Perl carries it, records "CODE\nNAME\n\n"; the first name of a code counts, sequences are left out.
# Names that are computed (ideographs, Hangul) are not in it.
use strict;
use warnings;

my $records = do 'unicore/Name.pl' or die "this Perl has no unicore/Name.pl";
open(my $out, '>', $ARGV[0]) or die "$ARGV[0]: $!";
print $out "\n";
my %seen;
while ($records =~ /^([0-9A-F]{5,6})\n([^\n]+)\n/mg) {
  next if $seen{$1}++;
  printf $out "%04X %s\n", hex $1, $2;
}
close($out) or die "$ARGV[0]: $!";

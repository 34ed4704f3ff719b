// RUN: %check %s
// Functions with more branches than a search remembers.
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
void use(int);


int leak_bad(const int *p) {
  pthread_mutex_lock(&m);
  // CHECK: :[[@LINE-1]]:3: warning: lock 'm' is not released on every path
  if (p[0]) use(0); if (p[1]) use(1); if (p[2]) use(2);
  if (p[3]) use(3); if (p[4]) use(4); if (p[5]) use(5);
  if (p[6]) use(6); if (p[7]) use(7); if (p[8]) use(8);
  if (p[9]) use(9); if (p[10]) use(10); if (p[11]) use(11);
  if (p[12]) use(12); if (p[13]) use(13); if (p[14]) use(14);
  if (p[15]) use(15); if (p[16]) use(16); if (p[17]) use(17);
  if (p[18]) use(18); if (p[19]) use(19); if (p[20]) use(20);
  if (p[21]) use(21); if (p[22]) use(22); if (p[23]) use(23);
  if (p[24]) use(24); if (p[25]) use(25); if (p[26]) use(26);
  if (p[27]) use(27); if (p[28]) use(28); if (p[29]) use(29);
  if (p[30]) use(30); if (p[31]) use(31); if (p[32]) use(32);
  if (p[33]) use(33); if (p[34]) use(34); if (p[35]) use(35);
  if (p[36]) use(36); if (p[37]) use(37); if (p[38]) use(38);
  if (p[39]) use(39); if (p[40]) use(40); if (p[41]) use(41);
  if (p[42]) use(42); if (p[43]) use(43); if (p[44]) use(44);
  if (p[45]) use(45); if (p[46]) use(46); if (p[47]) use(47);
  if (p[48]) use(48); if (p[49]) use(49); if (p[50]) use(50);
  if (p[51]) use(51); if (p[52]) use(52); if (p[53]) use(53);
  if (p[54]) use(54); if (p[55]) use(55); if (p[56]) use(56);
  if (p[57]) use(57); if (p[58]) use(58); if (p[59]) use(59);
  if (p[60]) use(60); if (p[61]) use(61); if (p[62]) use(62);
  if (p[63]) use(63); if (p[64]) use(64); if (p[65]) use(65);
  if (p[66]) use(66); if (p[67]) use(67); if (p[68]) use(68);
  if (p[69]) use(69); if (p[70]) use(70); if (p[71]) use(71);
  if (p[72]) use(72); if (p[73]) use(73); if (p[74]) use(74);
  if (p[99])
    return 1;
  // CHECK: :[[@LINE-1]]:5: note: still held at this return
  pthread_mutex_unlock(&m);
  return 0;
}

// The first and the last test agree.
void correlated_ok(const int *p, int want) {
  if (want)
    pthread_mutex_lock(&m);
  if (p[0]) use(0); if (p[1]) use(1); if (p[2]) use(2);
  if (p[3]) use(3); if (p[4]) use(4); if (p[5]) use(5);
  if (p[6]) use(6); if (p[7]) use(7); if (p[8]) use(8);
  if (p[9]) use(9); if (p[10]) use(10); if (p[11]) use(11);
  if (p[12]) use(12); if (p[13]) use(13); if (p[14]) use(14);
  if (p[15]) use(15); if (p[16]) use(16); if (p[17]) use(17);
  if (p[18]) use(18); if (p[19]) use(19); if (p[20]) use(20);
  if (p[21]) use(21); if (p[22]) use(22); if (p[23]) use(23);
  if (p[24]) use(24); if (p[25]) use(25); if (p[26]) use(26);
  if (p[27]) use(27); if (p[28]) use(28); if (p[29]) use(29);
  if (p[30]) use(30); if (p[31]) use(31); if (p[32]) use(32);
  if (p[33]) use(33); if (p[34]) use(34); if (p[35]) use(35);
  if (p[36]) use(36); if (p[37]) use(37); if (p[38]) use(38);
  if (p[39]) use(39); if (p[40]) use(40); if (p[41]) use(41);
  if (p[42]) use(42); if (p[43]) use(43); if (p[44]) use(44);
  if (p[45]) use(45); if (p[46]) use(46); if (p[47]) use(47);
  if (p[48]) use(48); if (p[49]) use(49); if (p[50]) use(50);
  if (p[51]) use(51); if (p[52]) use(52); if (p[53]) use(53);
  if (p[54]) use(54); if (p[55]) use(55); if (p[56]) use(56);
  if (p[57]) use(57); if (p[58]) use(58); if (p[59]) use(59);
  if (p[60]) use(60); if (p[61]) use(61); if (p[62]) use(62);
  if (p[63]) use(63); if (p[64]) use(64); if (p[65]) use(65);
  if (p[66]) use(66); if (p[67]) use(67); if (p[68]) use(68);
  if (p[69]) use(69); if (p[70]) use(70); if (p[71]) use(71);
  if (p[72]) use(72); if (p[73]) use(73); if (p[74]) use(74);
  if (want)
    pthread_mutex_unlock(&m);
}

void pairs_ok(const int *p) {
  pthread_mutex_lock(&m); use(0); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(1); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(2); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(3); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(4); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(5); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(6); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(7); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(8); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(9); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(10); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(11); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(12); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(13); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(14); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(15); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(16); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(17); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(18); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(19); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(20); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(21); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(22); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(23); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(24); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(25); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(26); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(27); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(28); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(29); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(30); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(31); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(32); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(33); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(34); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(35); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(36); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(37); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(38); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(39); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(40); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(41); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(42); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(43); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(44); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(45); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(46); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(47); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(48); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(49); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(50); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(51); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(52); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(53); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(54); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(55); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(56); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(57); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(58); pthread_mutex_unlock(&m);
  pthread_mutex_lock(&m); use(59); pthread_mutex_unlock(&m);
}

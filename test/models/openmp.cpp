// MODEL: openmp
// PACKAGES: libomp-22-dev
// COMPILE: -std=c++20

// Every function that checks/model/apis/openmp.json names, against the real header.

#include <omp.h>

void threads() { omp_set_num_threads(8); }

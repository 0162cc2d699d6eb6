"""Dynamics in ASE with its socket calculator: FILE SOCKET STEPS."""

import sys

import numpy as np
from ase import units
from ase.calculators.socketio import SocketIOCalculator
from ase.io import read
from ase.md.velocitydistribution import MaxwellBoltzmannDistribution
from ase.md.verlet import VelocityVerlet

file, socket, steps = sys.argv[1:]
atoms = read(file, format="extxyz")
MaxwellBoltzmannDistribution(atoms, temperature_K=300, rng=np.random.default_rng(1))
with SocketIOCalculator(unixsocket=socket) as atoms.calc:
    VelocityVerlet(atoms, 0.1 * units.fs).run(int(steps))

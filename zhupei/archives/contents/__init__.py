"""What goes into a package: everything on record about one class or one sitting, as files.

People stand in it with their name, the masked number and the blind index of the number (标识), not
with the number itself and without a phone. A package leaves the house, is copied and is kept for
thirty years, while the number is needed for one question only: is this row about that person? Who
holds the number and the index key of the system can answer it exactly; who holds only the package,
or only the number, cannot. An encrypted number would have been one lost key away from nothing, or
one found key away from everything.

Source: PIPL, art. 6 and 19 (least data, shortest time), art. 51 (de-identification); Archives Law,
art. 39 (authentic, complete, usable, safe).
"""

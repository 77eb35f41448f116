/** A step that was to go through the book belongs beside it, or the other way round: the case has changed since the look at it. */
export class OtherWay extends Error {
  constructor() {
    super('The step goes the other way');
    this.name = 'OtherWay';
  }
}

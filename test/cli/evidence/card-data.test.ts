import { PaymentIntegration } from '../../../lib';
import { statePayments } from '../../../lib/core/store-metadata';
import { smallAssembly } from '../../support/check';
import { evidence, Folders } from '../../support/evidence';

const folders = new Folders();

afterAll(() => folders.remove());

/** The chapter about card data of a store that takes payments as `payments` says. */
async function chapterFor(payments?: PaymentIntegration, name = 'Acme'): Promise<string> {
  const statement = {
    id: 'acme',
    environment: 'production',
    name,
    account: '111122223333',
    region: 'eu-central-1',
    offsiteRegion: 'eu-west-1',
    part: 'Shop',
    payments: statePayments(payments),
  };
  const metadata = { '/Shop': [{ type: 'cdk-commerce-baseline:store', data: statement }] };
  const { page } = await evidence(folders, smallAssembly({ 'Shop.metadata.json': metadata }));
  return page.slice(page.indexOf('id="card-data"'), page.indexOf('id="responsibility"'));
}

test.each([PaymentIntegration.redirect(), PaymentIntegration.embedded(), PaymentIntegration.ownFormToGateway()])(
  'with $name, the one thick arrow goes past the shop',
  async (payments) => {
    const chapter = await chapterFor(payments);
    expect(chapter).toContain('Card data does not pass the shop');
    expect(chapter.match(/class="line line-card"/g)).toHaveLength(1);
    expect(chapter.match(/class="line"/g)).toHaveLength(2);
  },
);

test('a form that the shop receives brings card data into it', async () => {
  const chapter = await chapterFor(PaymentIntegration.ownFormToShop());
  expect(chapter).toContain('Card data passes the shop');
  expect(chapter.match(/class="line line-card"/g)).toHaveLength(2);
});

test('who declares nothing is not said to be out of scope', async () => {
  const chapter = await chapterFor();
  expect(chapter).toContain('all that it runs is to be taken as in scope');
  expect(chapter).not.toContain('does not pass the shop');
});

test('markup in the name of a store is text', async () => {
  expect(await chapterFor(PaymentIntegration.redirect(), '<b>"Acme"</b>')).not.toContain('<b>');
});
